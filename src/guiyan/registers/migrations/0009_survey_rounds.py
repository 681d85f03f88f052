"""Survey rounds, their visits, what phones sent, and who was reminded."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0008_totals_and_voiding"),
    ]

    operations = [
        migrations.CreateModel(
            name="SurveyRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("survey", models.CharField(max_length=40)),
                ("register", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=40)),
                ("region", models.BigIntegerField()),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("listed", models.IntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.BigIntegerField(null=True)),
                ("opened_by_label", models.CharField(max_length=80)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by_label", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["survey", "-id"], name="rounds_of_a_survey")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("survey", "region"),
                        name="one_open_round_of_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_on__lte", models.F("to_on"))), name="round_ends_after_it_began"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentRecord",
            fields=[
                ("number", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("answer", models.JSONField()),
                ("user_id", models.BigIntegerField()),
                ("region", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registers.surveyround"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.BigIntegerField()),
                ("left", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=80)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="registers.surveyround",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["round", "region", "-id"], name="reminders_of_a_round")],
            },
        ),
        migrations.CreateModel(
            name="SurveyVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_id", models.BigIntegerField()),
                ("region", models.BigIntegerField()),
                (
                    "standing",
                    models.CharField(
                        choices=[("due", "待访"), ("done", "已访"), ("unreached", "没访到"), ("missed", "结束时没访")],
                        default="due",
                        max_length=12,
                    ),
                ),
                ("added", models.BooleanField(default=False)),
                ("answers", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("visited_on", models.DateField(null=True)),
                ("at", models.DateTimeField(null=True)),
                ("user_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(blank=True, max_length=80)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="registers.surveyround"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["round", "region", "standing"], name="visits_of_a_place"),
                    models.Index(fields=["subject_id"], name="visits_of_a_person"),
                ],
                "constraints": [models.UniqueConstraint(fields=("round", "subject_id"), name="one_visit_of_a_round")],
            },
        ),
        Wall("registers_surveyround", region="region"),
        Wall("registers_surveyvisit", region="region"),
        Wall("registers_sentrecord", region="region", owner="user_id"),
        Wall("registers_surveyreminder", region="region"),
    ]
