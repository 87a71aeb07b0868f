from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0040_lately"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["owner", "year", "ended", "due", "is_open"], name="assignment_days"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                fields=["assignment", "at"], name="note_months", condition=models.Q(("taken_back_at", None))
            ),
        ),
    ]
