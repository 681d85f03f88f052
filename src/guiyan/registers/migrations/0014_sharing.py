"""Who may use another bureau's data, for what, until when."""

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("registers", "0013_undo_in_pieces")]

    operations = [
        migrations.CreateModel(
            name="DataUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_id", models.CharField(max_length=80)),
                ("purpose", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=300)),
                ("until", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.BigIntegerField()),
                ("asked_by_label", models.CharField(max_length=80)),
                ("unit_id", models.BigIntegerField()),
                ("unit_name", models.CharField(max_length=120)),
                ("holder_id", models.BigIntegerField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("agreed_by", models.BigIntegerField(null=True)),
                ("agreed_by_label", models.CharField(blank=True, max_length=80)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.BigIntegerField(null=True)),
                ("confirmed_by_label", models.CharField(blank=True, max_length=80)),
                ("refused_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("region", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["list_id", "purpose", "until"], name="uses_of_a_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("agreed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="use_is_confirmed_by_another",
                    )
                ],
            },
        ),
        Wall("registers_datause", region="region", unit="unit_id", other_unit="holder_id"),
    ]
