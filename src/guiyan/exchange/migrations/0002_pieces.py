"""Whose entries a package carried, in pieces of ids."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_partners_and_packages")]

    operations = [
        migrations.CreateModel(
            name="PackagePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("low", models.BigIntegerField()),
                ("high", models.BigIntegerField()),
                (
                    "subject_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("region", models.BigIntegerField()),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="exchange.package"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["low", "high"], name="package_pieces")]},
        ),
        Wall("exchange_packagepiece", region="region", append_only=True),
    ]
