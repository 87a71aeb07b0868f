from typing import Any

from django.db import migrations, models
from django.db.models import Q

from vanban.text import search_text


def give_plans_their_words(apps: Any, _schema: Any) -> None:
    """Plans are found by their own words from now on."""
    for plan in apps.get_model("plans", "Plan").objects.select_related("document").iterator():
        plan.folded = search_text(plan.document.doc_type, plan.symbol, plan.document.issuer, plan.title)
        plan.save(update_fields=("folded",))


def give_facts_to_their_texts(apps: Any, _schema: Any) -> None:
    """What no public plan tells of a numbered document is told from now on by the texts that name it, to their readers
    alone."""
    text_model, document_model = apps.get_model("documents", "Text"), apps.get_model("documents", "Document")
    naming_model = apps.get_model("documents", "Naming")
    text_model.objects.filter(plans__is_public=True).update(is_public=True)
    texts = text_model.objects.filter(is_public=True)
    is_open = Q(pk__in=texts.exclude(document=None).values("document")) | Q(cited_by__text_of__in=texts)
    hidden = document_model.objects.exclude(symbol="").exclude(
        pk__in=document_model.objects.filter(is_open).values("pk")
    )
    for document in hidden:
        telling = text_model.objects.filter(Q(document=document) | Q(citations__document=document)).distinct()
        told = {"date": document.date, "place": document.place, "title": document.title}
        naming_model.objects.bulk_create(
            naming_model(text_of=text, document=document, folded=search_text("", document.title), **told)
            for text in telling
        )
        document.date, document.place, document.title = None, "", ""
        document.folded = search_text(document.doc_type, document.symbol, document.issuer, "")
        document.save()


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_what_texts_tell"),
        ("plans", "0004_own_plan_of_a_document"),
    ]

    operations = [
        migrations.AddField(model_name="plan", name="folded", field=models.TextField(default="", editable=False)),
        migrations.RunPython(give_plans_their_words, migrations.RunPython.noop),
        migrations.RunPython(give_facts_to_their_texts, migrations.RunPython.noop),
    ]
