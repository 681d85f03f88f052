"""Many cases at once: the run, and what came of each case."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_joint'),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20, verbose_name='办什么')),
                ('key', models.UUIDField()),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='意见或理由')),
                ('to', models.CharField(blank=True, max_length=40, verbose_name='转给谁')),
                ('to_label', models.CharField(blank=True, max_length=120)),
                ('by_id', models.BigIntegerField()),
                ('by_label', models.CharField(max_length=120)),
                ('for_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('undo_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['by_id', '-id'], name='cases_bulk_run_by')],
                'constraints': [models.UniqueConstraint(fields=('by_id', 'key'), name='cases_bulk_run_once')],
            },
        ),
        migrations.CreateModel(
            name='BulkLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, choices=[('done', '已办'), ('refused', '没办成')], max_length=10)),
                ('why', models.CharField(blank=True, max_length=400)),
                ('undone', models.CharField(blank=True, choices=[('done', '已办'), ('refused', '没办成')], max_length=10)),
                ('why_not_undone', models.CharField(blank=True, max_length=400)),
                ('by_id', models.BigIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='cases.bulkrun')),
            ],
            options={
                'indexes': [models.Index(fields=['run', 'outcome', 'id'], name='cases_bulk_line_run')],
                'constraints': [models.UniqueConstraint(fields=('run', 'case'), name='cases_bulk_line_once')],
            },
        ),
        Wall("cases_bulkrun", owner="by_id"),
        Wall("cases_bulkline", owner="by_id"),
    ]
