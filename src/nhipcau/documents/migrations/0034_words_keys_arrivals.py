"""Past words of documents, the key of a program that drafts, what the book says beside a number, the book of arrivals."""

import nhipcau.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0030_trail_checks"),
        ("documents", "0033_unnumbered"),
        ("organisations", "0003_delegations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=nhipcau.core.ids.public_id, editable=False, max_length=10, unique=True),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("date", models.DateField(verbose_name="ngày đến")),
                ("issuer", models.CharField(max_length=250, verbose_name="tác giả")),
                ("symbol", models.CharField(blank=True, default="", max_length=80, verbose_name="số, ký hiệu")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                ("subject", models.TextField(verbose_name="tên loại và trích yếu")),
                (
                    "handler",
                    models.CharField(blank=True, default="", max_length=250, verbose_name="đơn vị hoặc người nhận"),
                ),
                ("handed_on", models.DateField(blank=True, null=True, verbose_name="ngày chuyển")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="hạn giải quyết")),
                ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="ghi chú")),
                ("void_reason", models.CharField(blank=True, default="", max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                ("person_id", models.PositiveBigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("folded", models.TextField(default="", editable=False)),
            ],
        ),
        migrations.AddField(
            model_name="outgoing",
            name="given_key",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            model_name="outgoingstep",
            name="content",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="registernumber",
            name="archive",
            field=models.CharField(blank=True, default="", max_length=250),
        ),
        migrations.AddField(
            model_name="registernumber",
            name="copies",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="registernumber",
            name="recipients",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="registernumber",
            name="signer",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_key", ""), _negated=True),
                fields=("organisation", "given_key"),
                name="outgoing_given_once",
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="addressee",
            field=models.OneToOneField(
                null=True, on_delete=models.PROTECT, related_name="arrival", to="documents.addressee"
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="organisation",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="arrivals", to="organisations.organisation"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["organisation", "year", "-number"], name="arrival_book"),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(fields=("organisation", "year", "number"), name="arrival_once"),
        ),
    ]
