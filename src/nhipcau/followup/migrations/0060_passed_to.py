"""From whom one took over becomes to whom each passed: several agencies may have become one."""

import django.db.models.deletion
from django.db import migrations, models


def turn_round(apps, schema_editor):
    Assignment = apps.get_model("followup", "Assignment")
    for pk, former in Assignment.objects.exclude(taken_over_from=None).values_list("pk", "taken_over_from_id"):
        Assignment.objects.filter(pk=former).update(passed_to=pk)


class Migration(migrations.Migration):
    dependencies = [("followup", "0050_board_days")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="passed_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="predecessors",
                to="followup.assignment",
            ),
        ),
        migrations.RunPython(turn_round, migrations.RunPython.noop),
        migrations.RemoveField(model_name="assignment", name="taken_over_from"),
    ]
