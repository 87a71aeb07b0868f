"""Doubts that are asked about together share a stop; those of before stand alone."""

from django.db import migrations, models


def stand_alone(apps, schema_editor):
    apps.get_model("plans", "Doubt").objects.update(stop=models.F("position"))


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.AddField("doubt", "stop", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.RunPython(stand_alone, migrations.RunPython.noop, elidable=True),
    ]
