"""How far a column that follows from entries is filled; entries of journals that were taken back."""

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("registers", "0007_export_fetched")]

    operations = [
        migrations.AddField(
            model_name="registercolumn",
            name="derived",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="registercolumn",
            name="derived_stage",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
        migrations.CreateModel(
            name="Voiding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("about_id", models.BigIntegerField()),
                ("summary", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=80)),
                ("region", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True)),
                ("holder_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("register", "subject_id"), name="voided_once")
                ],
                "indexes": [models.Index(fields=["about_id", "register"], name="voided_of_somebody")],
            },
        ),
        Wall("registers_voiding", region="region", unit="unit_id", subject="holder_id", append_only=True),
    ]
