"""What came in under each authorisation for another bureau's data."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("registers", "0015_notes_emptied")]

    operations = [
        migrations.CreateModel(
            name="DataTaking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[("file", "导入文件"), ("list", "导入名单"), ("api", "接口报送")], max_length=4
                    ),
                ),
                ("of_id", models.BigIntegerField(null=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("row_count", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("actor_label", models.CharField(max_length=80)),
                ("region", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField()),
                ("holder_id", models.BigIntegerField()),
                (
                    "use",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="takings", to="registers.datause"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["how", "of_id"], name="taking_of_an_import")]},
        ),
        Wall("registers_datataking", region="region", unit="unit_id", other_unit="holder_id", append_only=True),
    ]
