"""Which readings had whom in them, for whoever asks who looked at her."""

from django.db import migrations, models

from guiyan.kernel.audit import looks_sql
from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_release_edits")]

    operations = [
        migrations.CreateModel(
            name="AuditLook",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "target", "several", "entry_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("target", models.TextField()),
                ("several", models.BooleanField()),
                ("entry_id", models.BigIntegerField()),
            ],
            options={"db_table": "audit_look"},
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                condition=models.Q(("action__startswith", "read:")), fields=["at"], name="audit_entry_readings"
            ),
        ),
        Wall("audit_look", audit=True, append_only=True),
        migrations.RunSQL(looks_sql.FUNCTION, looks_sql.UNDO),
        migrations.RunSQL(looks_sql.EARLIER, migrations.RunSQL.noop),
    ]
