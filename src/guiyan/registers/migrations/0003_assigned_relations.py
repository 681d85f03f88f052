"""Relations that officers give, beside those that entries name; holder_id says who sees one as her own."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('registers', '0002_stage_of_columns'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssignmentRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('region', models.BigIntegerField()),
                ('count', models.IntegerField()),
                ('left_over', models.IntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
                ('user_id', models.BigIntegerField(null=True)),
                ('actor_label', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=80)),
                ('undone_count', models.IntegerField(default=0)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='relation',
            name='one_relation_of_a_kind',
        ),
        migrations.AddField(
            model_name='relation',
            name='assigned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='relation',
            name='assigned_by',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='relation',
            name='end_reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='relation',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='relation',
            name='ended_by',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='relation',
            name='holder_id',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        # Named relations were seen by whom they start from. The wall holds for the owner of the table too.
        migrations.RunSQL("SELECT set_config('guiyan.regions', '{[0,)}', true)", migrations.RunSQL.noop),
        migrations.RunSQL('UPDATE registers_relation SET holder_id = from_subject_id', migrations.RunSQL.noop),
        migrations.RunSQL("SELECT set_config('guiyan.regions', '', true)", migrations.RunSQL.noop),
        # Constraints set off by the rows just written are settled before the table's shape is changed again.
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', migrations.RunSQL.noop),
        migrations.AddField(
            model_name='relation',
            name='reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddIndex(
            model_name='assignmentrun',
            index=models.Index(fields=['kind', '-at'], name='assignment_runs'),
        ),
        migrations.AddField(
            model_name='relation',
            name='run',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='registers.assignmentrun'),
        ),
        migrations.AddIndex(
            model_name='relation',
            index=models.Index(condition=models.Q(('assigned_at__isnull', False), ('valid_to__isnull', True)), fields=['kind', 'from_subject_id'], name='given_by_helper'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.UniqueConstraint(condition=models.Q(('assigned_at__isnull', True)), fields=('kind', 'from_subject_id', 'to_subject_id'), name='one_relation_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.UniqueConstraint(condition=models.Q(('assigned_at__isnull', False), ('valid_to__isnull', True)), fields=('kind', 'to_subject_id'), name='one_given_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('assigned_at__isnull', True), models.Q(('ended_at__isnull', True), ('valid_to__isnull', True)), models.Q(('ended_at__isnull', False), ('valid_to__isnull', False)), _connector='OR'), name='given_relation_says_when_it_ended'),
        ),
        Wall('registers_relation', region='region', subject='holder_id'),
        Wall('registers_assignmentrun', region='region', owner='user_id'),
    ]
