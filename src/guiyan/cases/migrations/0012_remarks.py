"""Remarks of officers on a case, and whom they mention. No subject in their walls: applicants never see them."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_saved_views'),
        ('cases', '0011_bulk_runs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='备注')),
                ('by_id', models.BigIntegerField()),
                ('by_label', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('region', models.BigIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='cases.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='cases_remark_case')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField()),
                ('user_label', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('region', models.BigIntegerField()),
                ('remark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='cases.remark')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', '-id'], name='cases_mention_user'), models.Index(condition=models.Q(('read_at', None)), fields=['user_id'], name='cases_mention_unread')],
                'constraints': [models.UniqueConstraint(fields=('remark', 'user_id'), name='cases_mention_once')],
            },
        ),
        Wall("cases_remark", region="region", unit="unit_id"),
        Wall("cases_mention", region="region", unit="unit_id", owner="user_id"),
    ]
