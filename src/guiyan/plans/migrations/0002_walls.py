from django.db import migrations

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_plans")]

    operations = [
        Wall("plans_document", region="region", unit="unit_id", public="is_public"),
        Wall("plans_reviewitem", region="region", unit="unit_id"),
        Wall("plans_unitmention", region="region", unit="unit_id"),
        Wall("plans_task", region="region", public="is_public"),
        Wall("plans_taskunit", region="region", unit="unit_id", public="is_public"),
        Wall("plans_indicator", region="region", public="is_public"),
        Wall("plans_indicatorvalue", region="region", public="is_public"),
        Wall("plans_instruction", region="region", append_only=True),
        Wall("plans_supervisionorder", region="region", unit="unit_id"),
    ]
