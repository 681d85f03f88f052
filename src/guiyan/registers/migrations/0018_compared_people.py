"""Who was compared with another bureau's list."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("registers", "0017_senders")]

    operations = [
        migrations.AlterField(
            model_name="datataking",
            name="how",
            field=models.CharField(
                choices=[("file", "导入文件"), ("list", "导入名单"), ("api", "接口报送"), ("look", "比对")],
                max_length=4,
            ),
        ),
        migrations.CreateModel(
            name="ComparedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_id", models.BigIntegerField()),
                ("region", models.BigIntegerField()),
                (
                    "taking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="registers.datataking"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["subject_id", "-id"], name="compared_with_others_data")]},
        ),
        Wall("registers_comparedperson", region="region", append_only=True),
    ]
