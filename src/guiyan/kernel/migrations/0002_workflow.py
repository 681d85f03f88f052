"""The log, clocks and steps of objects on a flow, behind the walls of their objects."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_audit_and_releases'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('object_type', models.TextField()),
                ('object_id', models.BigIntegerField()),
                ('clock', models.TextField()),
                ('label', models.TextField()),
                ('round', models.IntegerField()),
                ('started_on', models.DateField()),
                ('days', models.IntegerField()),
                ('day_kind', models.TextField()),
                ('warn_days', models.IntegerField()),
                ('due_on', models.DateField(null=True)),
                ('stopped_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'kernel_clock',
                'indexes': [models.Index(fields=['object_type', 'object_id', 'clock'], name='kernel_clock_object'), models.Index(condition=models.Q(('stopped_on__isnull', True)), fields=['object_type', 'due_on'], name='kernel_clock_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stopped_on__isnull', True)), fields=('object_type', 'object_id', 'clock'), name='kernel_clock_one_running'), models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='kernel_clock_has_days')],
            },
        ),
        migrations.CreateModel(
            name='StepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('object_type', models.TextField()),
                ('object_id', models.BigIntegerField()),
                ('group', models.TextField()),
                ('step', models.TextField()),
                ('label', models.TextField()),
                ('round', models.IntegerField()),
                ('state', models.TextField(choices=[('open', 'open'), ('passed', 'passed'), ('failed', 'failed'), ('dropped', 'dropped')])),
                ('due_on', models.DateField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_label', models.TextField(default='')),
                ('note', models.TextField(default='')),
            ],
            options={
                'db_table': 'kernel_step',
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['unit_id', 'due_on'], name='kernel_step_todo')],
                'constraints': [models.UniqueConstraint(fields=('object_type', 'object_id', 'group', 'step', 'round'), name='kernel_step_once_a_round')],
            },
        ),
        migrations.CreateModel(
            name='WorkflowLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('object_type', models.TextField()),
                ('object_id', models.BigIntegerField()),
                ('flow', models.TextField()),
                ('release', models.BigIntegerField()),
                ('verb', models.TextField()),
                ('label', models.TextField()),
                ('from_state', models.TextField()),
                ('to_state', models.TextField()),
                ('actor_kind', models.TextField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_label', models.TextField()),
                ('on_behalf', models.TextField()),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'workflow_log',
                'indexes': [models.Index(fields=['object_type', 'object_id', 'id'], name='workflow_log_object')],
            },
        ),
        migrations.CreateModel(
            name='ClockPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('paused_on', models.DateField()),
                ('resumed_on', models.DateField(null=True)),
                ('reason', models.TextField()),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='kernel.clockrow')),
            ],
            options={
                'db_table': 'kernel_clock_pause',
                'constraints': [models.UniqueConstraint(condition=models.Q(('resumed_on__isnull', True)), fields=('clock',), name='kernel_clock_one_pause'), models.CheckConstraint(condition=models.Q(('resumed_on__isnull', True), ('resumed_on__gte', models.F('paused_on')), _connector='OR'), name='kernel_clock_pause_ends_later')],
            },
        ),
        Wall("kernel_clock", region="region", unit="unit_id", subject="subject_id"),
        Wall("kernel_step", region="region", unit="unit_id", subject="subject_id"),
        Wall("kernel_clock_pause", region="region", unit="unit_id", subject="subject_id"),
        Wall("workflow_log", region="region", unit="unit_id", subject="subject_id", append_only=True),
    ]
