"""Reports and files of units outside government: whose they are."""

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("registers", "0016_data_takings")]

    operations = [
        migrations.AddField("assertion", "unit_id", models.BigIntegerField(null=True)),
        migrations.AddField("importfile", "unit_id", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "importfile",
            models.Index(
                fields=["unit_id", "register", "-id"],
                condition=models.Q(unit_id__isnull=False),
                name="files_of_sender",
            ),
        ),
        Wall("registers_importfile", region="region", unit="unit_id", owner="user_id"),
    ]
