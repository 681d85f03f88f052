"""Who may be whom: rows and keys to compare people by, how common values are, and what was decided of each pair."""

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0009_survey_rounds"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkageRow",
            fields=[
                ("subject_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("region", models.BigIntegerField()),
                ("name", models.BigIntegerField(null=True)),
                ("swapped", models.BigIntegerField(null=True)),
                ("former", models.BigIntegerField(null=True)),
                ("sound", models.BigIntegerField(null=True)),
                ("near", models.BigIntegerField(null=True)),
                ("former_near", models.BigIntegerField(null=True)),
                ("surname", models.BigIntegerField(null=True)),
                ("first", models.BigIntegerField(null=True)),
                ("last", models.BigIntegerField(null=True)),
                ("given", models.BigIntegerField(null=True)),
                ("gender", models.SmallIntegerField(null=True)),
                ("birth_year", models.SmallIntegerField(null=True)),
                ("province", models.BigIntegerField(null=True)),
                ("city", models.BigIntegerField(null=True)),
                ("county", models.BigIntegerField(null=True)),
                ("town", models.BigIntegerField(null=True)),
                ("school", models.BigIntegerField(null=True)),
                ("graduation_year", models.SmallIntegerField(null=True)),
                ("employer", models.BigIntegerField(null=True)),
                ("employer_own", models.BigIntegerField(null=True)),
                ("phone", models.BigIntegerField(null=True)),
                ("id_number", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LinkageState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settings", models.CharField(max_length=40)),
                ("built_upto", models.BigIntegerField(default=0)),
                ("is_built", models.BooleanField(default=False)),
                ("people", models.BigIntegerField(default=0)),
                ("counted_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LinkageKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                ("subject_id", models.BigIntegerField()),
                ("region", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["key"], include=("subject_id", "region"), name="people_of_a_key"),
                    models.Index(fields=["subject_id"], name="keys_of_a_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkageShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=16)),
                ("value", models.BigIntegerField()),
                ("share", models.FloatField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("field", "value"), name="one_share_of_a_value")],
            },
        ),
        migrations.CreateModel(
            name="LinkageWaiting",
            fields=[
                ("subject_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("import_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("import_id__isnull", False)),
                        fields=["import_id"],
                        name="waiting_of_an_import",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_id", models.BigIntegerField()),
                ("second_id", models.BigIntegerField()),
                ("new_id", models.BigIntegerField()),
                ("merged_id", models.BigIntegerField(default=0)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("waiting", "待核对"),
                            ("aside", "先放着"),
                            ("same", "同一人"),
                            ("apart", "不是同一人"),
                            ("void", "不用再看"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "how",
                    models.CharField(choices=[("system", "自动对上"), ("review", "核对后合并"), ("hand", "手工合并")], max_length=8),
                ),
                ("probability", models.FloatField(null=True)),
                ("settings", models.CharField(blank=True, max_length=40)),
                ("parts", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=120)),
                ("finding", models.CharField(blank=True, max_length=300)),
                ("import_id", models.BigIntegerField(null=True)),
                ("region", models.BigIntegerField()),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_by_label", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["verdict", "region", "-id"], name="links_of_a_place"),
                    models.Index(fields=["second_id"], name="links_of_the_second"),
                    models.Index(
                        condition=models.Q(("import_id__isnull", False)),
                        fields=["import_id", "verdict"],
                        name="links_of_an_import",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("first_id", "second_id"), name="one_row_of_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("first_id__lt", models.F("second_id"))), name="pair_is_in_the_order_of_ids"
                    ),
                ],
            },
        ),
        Wall("registers_linkagerow", region="region"),
        Wall("registers_linkagekey", region="region"),
        Wall("registers_linkagewaiting", subject="subject_id"),
        Wall("registers_personlink", region="region"),
    ]
