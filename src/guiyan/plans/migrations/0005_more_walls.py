from django.db import migrations

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_splits_and_reports")]

    operations = [
        Wall("plans_targetsplit", region="region", unit="unit_id", public="is_public"),
        Wall("plans_targetshare", region="region", public="is_public"),
        Wall("plans_reportedfigure", region="region", unit="unit_id", public="is_public"),
        Wall("plans_figureentry", region="region", unit="unit_id", append_only=True),
        Wall("plans_supervisionproposal", region="region"),
    ]
