"""Notes of answers to published entries; and what a constraint against double booking compares with."""

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("registers", "0011_rights")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AnswerNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("asked", "提交"), ("replied", "回复"), ("taken-back", "取消")], max_length=12
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500)),
                ("level", models.CharField(max_length=40)),
                ("by_asker", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=80)),
                ("region", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True)),
                ("holder_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["register", "subject_id", "id"], name="notes_of_an_answer"),
                    models.Index(fields=["holder_id", "-id"], name="notes_of_an_asker"),
                ],
            },
        ),
        Wall("registers_answernote", region="region", unit="unit_id", subject="holder_id", append_only=True),
    ]
