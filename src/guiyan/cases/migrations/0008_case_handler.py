"""Who has a case in hand after it was handed over (转办)."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_replies'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='handler_id',
            field=models.BigIntegerField(null=True, verbose_name='转给谁办'),
        ),
        migrations.AddField(
            model_name='case',
            name='handler_label',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='case',
            name='handler_unit_id',
            field=models.BigIntegerField(null=True, verbose_name='转给哪个单位'),
        ),
    ]
