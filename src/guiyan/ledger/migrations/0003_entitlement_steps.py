"""Payments of one chain: each step of a measure is given once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_walls_and_balances'),
    ]

    operations = [
        migrations.AddField(
            model_name='entitlement',
            name='step',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
    ]
