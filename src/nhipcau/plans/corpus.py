"""The clean texts of a tree of organisations: what torn text is put right by.

Whatever an organisation of the tree has confirmed counts: of a clean file all its lines, of a scan or a torn file what
people looked at and confirmed. What is learnt from them is kept under ``DATA_DIR/models`` by what it was learnt from and
made anew when a plan is confirmed; it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from nhipcau.core import sandbox
from nhipcau.documents.models import Text
from nhipcau.organisations.models import Organisation

from .models import Plan, Task

LEARN = "nhipcau.plans.parsing:learn"
MOST_TEXTS = 60  # the newest: more teach little that is new
SECONDS, MEGABYTES = 60.0, 1024
_FORM = "2"  # of what is kept; another one makes all anew

logger = logging.getLogger(__name__)


def model_for(organisation: Organisation) -> str | None:
    """Where that stands which torn text of this organisation is put right by; None: nothing was confirmed in its tree,
    and what is packaged is all there is. Learns it now if a plan was confirmed since."""
    plans = list(_plans(organisation).values_list("pk", "version", "text_id", "confirmed_at")[:MOST_TEXTS])
    if not plans:
        return None
    state = repr((_FORM, plans)).encode()
    root = organisation.path.split("/")[0]
    place: Path = settings.DATA_DIR / "models" / f"{root}-{hashlib.sha256(state).hexdigest()[:24]}.pickle"
    if place.is_file():
        return str(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    order = {"texts": list(texts(organisation)), "path": str(place)}
    try:
        sandbox.run(LEARN, order, seconds=SECONDS, megabytes=MEGABYTES)
    except (sandbox.Broken, sandbox.OverMemory, sandbox.OverTime) as problem:
        logger.warning("the corpus of %s could not be learnt: %s", root, problem)
        return None
    for former in place.parent.glob(f"{root}-*.pickle"):
        if former != place:
            former.unlink(missing_ok=True)
    return str(place)


def texts(organisation: Organisation) -> Iterator[str]:
    """The corpus of an organisation's tree, a text each."""
    for plan in _plans(organisation).select_related("text")[:MOST_TEXTS]:
        if plan.text.quality in (Text.Quality.GOOD, Text.Quality.LEGACY):
            yield "\n".join(plan.text.lines.order_by("number").values_list("text", flat=True))
        else:
            yield "\n".join((plan.title, *_confirmed(plan)))


def _plans(organisation: Organisation) -> QuerySet[Plan]:
    root = organisation.path.split("/")[0]
    return Plan.objects.filter(organisation__path__startswith=f"{root}/").order_by("-confirmed_at", "-pk")


def _confirmed(plan: Plan) -> Iterator[str]:
    """What people confirmed of a plan whose file is not clean: tasks without a doubt left, and their agencies."""
    tasks = plan.tasks.filter(doubtful=False, state=Task.State.LIVE).prefetch_related("agencies").order_by("position")
    for task in tasks:
        yield from (line for line in (task.text, task.form, task.time_text, task.group) if line)
        yield from (agency.name for agency in task.agencies.all())
