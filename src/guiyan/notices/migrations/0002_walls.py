from django.db import migrations

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices")]

    operations = [
        Wall("notices_notice", region="region", unit="unit_id", public="is_public"),
        Wall("notices_noticerow", region="region", public="is_public"),
        Wall("notices_objection", region="region", unit="unit_id"),
    ]
