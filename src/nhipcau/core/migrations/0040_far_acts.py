from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0030_trail_checks")]

    operations = [
        migrations.AddField(
            model_name="auditchain",
            name="far_seq",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
