"""How an amount came about is kept with the verdict."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_certificates'),
    ]

    operations = [
        migrations.AddField(
            model_name='caseverdict',
            name='reckoning',
            field=models.JSONField(default=dict, verbose_name='金额怎样算出'),
        ),
    ]
