"""Numbers are found by their words."""

from django.db import migrations, models

from vanban.official import symbol_of
from vanban.text import search_text


def fold_numbers(apps, _editor):
    rows = apps.get_model("documents", "RegisterNumber").objects.filter(folded="")
    for row in rows.iterator():
        row.folded = search_text(symbol_of(row.number, row.code), row.subject)
        row.save(update_fields=("folded",))


class Migration(migrations.Migration):
    dependencies = [("documents", "0034_words_keys_arrivals")]

    operations = [
        migrations.AddField(
            model_name="registernumber", name="folded", field=models.TextField(default="", editable=False)
        ),
        migrations.RunPython(fold_numbers, migrations.RunPython.noop),
    ]
