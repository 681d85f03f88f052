"""Answers to demands, behind the walls of their cases and of the office that answered."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_wrong_tries'),
        ('cases', '0006_batch_comparisons'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.SmallIntegerField(verbose_name='第几次')),
                ('text', models.CharField(max_length=2000, verbose_name='答复')),
                ('at', models.DateTimeField(verbose_name='答复时间')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=120, verbose_name='答复人')),
                ('region', models.BigIntegerField()),
                ('subject_id', models.BigIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='cases.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'turn'), name='cases_reply_turn'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='cases_reply_says_something')],
            },
        ),
        Wall("cases_reply", region="region", unit="unit_id", subject="subject_id", append_only=True),
    ]
