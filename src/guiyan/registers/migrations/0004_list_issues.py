"""Issues of a list can be taken back, rows count from day to day, a refused file keeps its faults."""

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_assigned_relations")]

    operations = [
        migrations.AddField("comparisonlist", "said_empty", models.BooleanField(default=False)),
        migrations.AddField(
            "comparisonlist",
            "replaced",
            models.ForeignKey(
                null=True, on_delete=models.PROTECT, related_name="+", to="registers.comparisonlist"
            ),
        ),
        migrations.AddField("comparisonlist", "undone_at", models.DateTimeField(null=True)),
        migrations.AddField("comparisonlist", "undone_by_label", models.CharField(blank=True, max_length=80)),
        migrations.AddIndex(
            "comparisonlist", models.Index(fields=["list_id", "region", "-id"], name="issues_of_a_list")
        ),
        migrations.AddField("comparisonrow", "valid_from", models.DateField(null=True)),
        migrations.AddField("comparisonrow", "valid_to", models.DateField(null=True)),
        migrations.CreateModel(
            name="ListRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_id", models.CharField(max_length=40)),
                ("file_name", models.CharField(max_length=200)),
                ("faults", models.JSONField(default=list)),
                ("fault_count", models.IntegerField()),
                ("region", models.BigIntegerField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["list_id", "region", "-id"], name="refusals_of_a_list")]
            },
        ),
        Wall("registers_listrefusal", region="region", owner="user_id"),
    ]
