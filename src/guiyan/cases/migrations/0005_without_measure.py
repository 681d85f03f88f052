"""Cases of items that no measure gives and that end without money; whose benefit a case is: hers, or her firm's."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_ratings")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="measure",
            field=models.CharField(blank=True, max_length=80, verbose_name="政策措施"),
        ),
        migrations.AlterField(model_name="batch", name="measure", field=models.CharField(blank=True, max_length=80)),
        migrations.RemoveConstraint(model_name="batchline", name="cases_line_positive"),
        migrations.AddConstraint(
            model_name="batchline",
            constraint=models.CheckConstraint(condition=Q(amount_fen__gte=0), name="cases_line_amount"),
        ),
        migrations.AddField(
            model_name="case",
            name="beneficiary_id",
            field=models.BigIntegerField(default=0, verbose_name="受益主体"),
            preserve_default=False,
        ),
        # Row security is forced on the owner too, and a migration has no scope: set aside for this one statement.
        migrations.RunSQL(
            "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;"
            "UPDATE cases_case SET beneficiary_id = subject_id;"
            "ALTER TABLE cases_case FORCE ROW LEVEL SECURITY",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["beneficiary_id", "-id"], name="cases_case_beneficiary"),
        ),
    ]
