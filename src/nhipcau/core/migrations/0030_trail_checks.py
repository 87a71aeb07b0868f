from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0020_reminders_feeds_hooks")]

    operations = [
        migrations.CreateModel(
            name="TrailCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_id", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("person_id", models.PositiveBigIntegerField(null=True)),
                ("length", models.PositiveBigIntegerField()),
                ("last_hash", models.CharField(max_length=64)),
                ("breaks", models.JSONField(default=list)),
            ],
            options={
                "indexes": [models.Index(fields=["organisation_id", "-at"], name="trailcheck_latest")],
            },
        ),
    ]
