import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_more_walls")]

    operations = [
        migrations.AddField(
            "task",
            "lead_names",
            ArrayField(base_field=models.CharField(max_length=120), default=list, size=None),
        ),
        migrations.AddField(
            "task",
            "unit_names",
            ArrayField(base_field=models.CharField(max_length=120), default=list, size=None),
        ),
        migrations.AddField(
            "document", "ended_on", models.DateField("何时起不再执行", null=True)
        ),
        migrations.AddField(
            "document",
            "superseded_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supersedes",
                to="plans.document",
                verbose_name="被哪份文件替代",
            ),
        ),
    ]
