"""A key may be a sender's: it reads and reports what that unit outside government sent, and nothing else."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_api_key_registers")]

    operations = [
        migrations.AddField(
            model_name="apikey",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.unit",
                verbose_name="报送单位",
            ),
        ),
    ]
