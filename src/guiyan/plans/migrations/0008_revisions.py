import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_one_order_several_causes")]

    operations = [
        migrations.AddField(
            "document",
            "revises",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="plans.document",
                verbose_name="修订哪份文件",
            ),
        ),
        migrations.AddField("task", "ended_on", models.DateField("何时终止", null=True)),
        migrations.AddField("task", "ended_reason", models.CharField("终止的理由", max_length=300, blank=True)),
        migrations.AddField("indicator", "ended_on", models.DateField("何时终止", null=True)),
        migrations.AddField("indicator", "ended_reason", models.CharField("终止的理由", max_length=300, blank=True)),
        migrations.CreateModel(
            "RevisionDecision",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revision_decisions",
                        to="plans.document",
                    ),
                ),
                (
                    "old_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.reviewitem"
                    ),
                ),
                (
                    "new_item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.reviewitem"
                    ),
                ),
                ("verdict", models.CharField(max_length=10)),
                ("mark", models.CharField(max_length=16)),
                (
                    "decision",
                    models.CharField(
                        max_length=10, blank=True, choices=[("", "撤回"), ("accepted", "采用新的"), ("kept", "沿用旧的")]
                    ),
                ),
                ("reason", models.CharField("理由", max_length=300, blank=True)),
                ("decided_by", models.CharField("谁定的", max_length=120)),
                ("decided_at", models.DateTimeField()),
                ("region", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField()),
            ],
        ),
        migrations.AddConstraint(
            "revisiondecision",
            models.UniqueConstraint(fields=["document", "old_item"], name="plans_revision_old_once"),
        ),
        migrations.CreateModel(
            "PlanChange",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="plans.task",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="plans.indicator",
                    ),
                ),
                (
                    "from_document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.document"
                    ),
                ),
                (
                    "to_document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_changes", to="plans.document"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        max_length=10,
                        choices=[
                            ("figure", "数字变了"),
                            ("period", "期限变了"),
                            ("units", "单位变了"),
                            ("wording", "文字变了"),
                            ("moved", "位置变了"),
                            ("kept", "沿用旧的"),
                            ("gone", "新文件不再写"),
                        ],
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=300, blank=True)),
                ("since", models.DateField("从哪天起")),
                ("changed_by", models.CharField("谁改的", max_length=120)),
                ("changed_at", models.DateTimeField()),
                ("region", models.BigIntegerField()),
                ("is_public", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            "FindingDismissal",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=160)),
                ("mark", models.CharField(max_length=16)),
                ("reason", models.CharField("理由", max_length=300)),
                ("dismissed_by", models.CharField(max_length=120)),
                ("dismissed_at", models.DateTimeField()),
                ("region", models.BigIntegerField()),
            ],
        ),
        migrations.AddConstraint(
            "findingdismissal",
            models.UniqueConstraint(fields=["key", "mark"], name="plans_finding_dismissed_once"),
        ),
        Wall("plans_revisiondecision", region="region", unit="unit_id"),
        Wall("plans_planchange", region="region", public="is_public", append_only=True),
        Wall("plans_findingdismissal", region="region", append_only=True),
    ]
