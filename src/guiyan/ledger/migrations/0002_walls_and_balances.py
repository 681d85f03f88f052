from django.conf import settings
from django.db import migrations

from guiyan.kernel.scope import Wall
from guiyan.ledger import balances


def only_the_trigger_writes_balances(apps, schema_editor):
    role = schema_editor.quote_name(settings.GUIYAN_APP_ROLE)
    schema_editor.execute(f"REVOKE UPDATE, DELETE ON ledger_account FROM {role}")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_ledger")]

    operations = [
        migrations.RunSQL(balances.FUNCTION, balances.UNDO),
        Wall("ledger_account", region="region"),
        migrations.RunPython(only_the_trigger_writes_balances, migrations.RunPython.noop),
        Wall("ledger_transfer", region="region", append_only=True),
        Wall("ledger_entitlement", region="region", subject="subject_id"),
        Wall("ledger_paymentrequest", region="region"),
        Wall("ledger_paymentline", region="region", subject="subject_id", append_only=True),
        Wall("ledger_paymentfile", region="region", append_only=True),
        Wall("ledger_resultfile", region="region", append_only=True),
        Wall("ledger_lineresult", region="region", subject="subject_id", append_only=True),
        Wall("ledger_recovery", region="region", subject="subject_id"),
        Wall("ledger_recoveryreceipt", region="region", subject="subject_id", append_only=True),
    ]
