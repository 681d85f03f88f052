"""Opinions asked beside a step (加签), and whom a deputy stood in for (代岗)."""

from __future__ import annotations

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0005_releases_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='workflowlog',
            name='for_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='OpinionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('object_type', models.TextField()),
                ('object_id', models.BigIntegerField()),
                ('asked_user_id', models.BigIntegerField(null=True)),
                ('asked_label', models.TextField()),
                ('stage', models.TextField()),
                ('title', models.TextField()),
                ('question', models.TextField()),
                ('shown', models.JSONField(default=list)),
                ('required', models.BooleanField()),
                ('due_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('asked_by_id', models.BigIntegerField(null=True)),
                ('asked_by_label', models.TextField()),
                ('state', models.TextField(choices=[('open', 'open'), ('agree', 'agree'), ('against', 'against'), ('dropped', 'dropped')], default='open')),
                ('answer', models.TextField(default='')),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by_id', models.BigIntegerField(null=True)),
                ('done_by_label', models.TextField(default='')),
            ],
            options={
                'db_table': 'kernel_opinion',
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='kernel_opinion_object'), models.Index(condition=models.Q(('state', 'open')), fields=['unit_id', 'due_on'], name='kernel_opinion_todo'), models.Index(condition=models.Q(('state', 'open')), fields=['asked_user_id', 'due_on'], name='kernel_opinion_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('done_at', None), _negated=True)), _connector='OR'), name='kernel_opinion_done_or_open'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('object_type', 'object_id', 'unit_id', 'asked_user_id'), name='kernel_opinion_asked_once', nulls_distinct=False)],
            },
        ),
        Wall("kernel_opinion", region="region", unit="unit_id", owner="asked_user_id"),
    ]
