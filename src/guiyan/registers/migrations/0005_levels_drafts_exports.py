"""Decisions about levels, half-written forms, and files taken out; assets are subjects too."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0006_opinions"),
        ("registers", "0004_list_issues"),
    ]

    operations = [
        migrations.AlterField(
            model_name="subject",
            name="kind",
            field=models.CharField(
                choices=[("person", "个人"), ("organisation", "单位"), ("project", "项目"), ("asset", "资源")],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="EntryDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField()),
                ("register", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField(default=0)),
                ("sealed", models.BinaryField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user_id", "register", "subject_id"), name="one_draft_of_an_entry")
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("before", models.CharField(blank=True, max_length=40)),
                ("after", models.CharField(blank=True, max_length=40)),
                ("reason", models.CharField(max_length=200)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                ("decided_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=80)),
                ("region", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True)),
                ("holder_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["register", "subject_id", "-id"], name="levels_of_an_entry")],
            },
        ),
        migrations.CreateModel(
            name="RegisterExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=40)),
                ("query", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=200)),
                ("needs_approval", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.BigIntegerField()),
                ("asked_by_label", models.CharField(max_length=80)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_by_label", models.CharField(blank=True, max_length=80)),
                ("agreed", models.BooleanField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=200)),
                ("row_count", models.IntegerField(null=True)),
                ("done", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField(null=True)),
                ("failed", models.CharField(blank=True, max_length=200)),
                ("expires_at", models.DateTimeField(null=True)),
                ("region", models.BigIntegerField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["region", "-id"], name="exports_of_a_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decided_by__isnull", True))
                        | models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        name="export_is_decided_by_another",
                    )
                ],
            },
        ),
        Wall("registers_entrydraft", owner="user_id"),
        Wall("registers_levelchange", region="region", unit="unit_id", subject="holder_id", append_only=True),
        Wall("registers_registerexport", region="region", owner="asked_by"),
    ]
