"""A step of its own for a number that was made void."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0032_outgoing")]

    operations = [
        migrations.AlterField(
            model_name="outgoingstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("drafted", "soạn"),
                    ("edited", "sửa"),
                    ("submitted", "trình ký"),
                    ("returned", "trả lại"),
                    ("signed", "ký"),
                    ("numbered", "lấy số"),
                    ("unnumbered", "hủy số"),
                    ("sent", "gửi"),
                    ("received", "nhận"),
                    ("replaced", "thay bằng bản mới"),
                    ("dropped", "bỏ"),
                ],
                max_length=10,
            ),
        )
    ]
