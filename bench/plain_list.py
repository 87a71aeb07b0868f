"""The peer that bench/register.py measures beside us: Django's own ListView over the same table of the same database.

Fifty rows of a page, ordered by date, with a count for the pager and a template of ten lines; no session, no rights, no
agencies, no filters. What is slower than this is what our pages add.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from nhipcau import settings as ours

TEMPLATE = """<!doctype html><title>plain</title><p>{{ paginator.count }}</p><table>
{% for task in object_list %}<tr><td>{{ task.code }}</td><td><a href="/nhiem-vu/{{ task.public_id }}/">{{ task.text }}</a>
<small>{{ task.plan.symbol }}</small></td><td>{{ task.next_due|date:"d/m/Y" }}</td><td>{{ task.time_text }}</td>
<td>{{ task.get_state_display }}</td><td>{{ task.first_line }}–{{ task.last_line }}</td></tr>
{% endfor %}</table><p>{{ page_obj.number }} / {{ paginator.num_pages }}</p>
"""

settings.configure(
    **{
        **{name: getattr(ours, name) for name in dir(ours) if name.isupper()},
        "ROOT_URLCONF": __name__,
        "MIDDLEWARE": ["allauth.account.middleware.AccountMiddleware"],  # its app refuses to start without it
        "ALLOWED_HOSTS": ["*"],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"plain.html": TEMPLATE})]},
            }
        ],
    }
)
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

from django.core.wsgi import get_wsgi_application  # noqa: E402 settings first

application = get_wsgi_application()

from django.urls import path  # noqa: E402
from django.views.generic import ListView  # noqa: E402

from nhipcau.plans.models import Task  # noqa: E402

tasks = Task.objects.filter(state="live", kind__in=("task", "reporting")).select_related("plan")
urlpatterns = [
    path(
        "",
        ListView.as_view(
            queryset=tasks.order_by("next_due", "plan_id", "position"), paginate_by=50, template_name="plain.html"
        ),
    )
]
