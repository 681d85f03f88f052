"""What was written to and fro about an answer goes with whoever asked, when her data are erased."""

from django.db import migrations

from guiyan.registers.rights import emptying_sql


class Migration(migrations.Migration):
    dependencies = [("registers", "0014_sharing")]

    operations = [migrations.RunSQL(emptying_sql.NOTES, emptying_sql.NOTES_UNDO)]
