"""Of which registers and which place a key may read and report entries."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_api_keys")]

    operations = [
        migrations.AddField(
            model_name="apikey",
            name="region",
            field=models.BigIntegerField(null=True, verbose_name="范围内的地方"),
        ),
        migrations.AddField(
            model_name="apikey",
            name="registers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None, verbose_name="名录"
            ),
        ),
    ]
