from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_learnt")]

    operations = [
        migrations.AddField(
            "indicator",
            "sample_target",
            models.DecimalField("演示目标", max_digits=20, decimal_places=4, null=True),
        ),
    ]
