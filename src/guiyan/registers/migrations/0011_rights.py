"""Requests about what is held of somebody, copies, who is blocked, whose rows went out; emptying of reports."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall
from guiyan.registers.rights import emptying_sql


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0008_looks'),
        ('registers', '0010_linkage'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('user_id', models.BigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(null=True)),
                ('failed', models.CharField(blank=True, max_length=200)),
                ('expires_at', models.DateTimeField(null=True)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('size', models.IntegerField(default=0)),
                ('sealed', models.BinaryField(null=True)),
                ('region', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', '-id'], name='copies_of_one')],
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.TextField()),
                ('release', models.BigIntegerField()),
                ('state', models.TextField()),
                ('state_since', models.DateTimeField()),
                ('kind', models.CharField(choices=[('correct', '更正'), ('erase', '删除')], max_length=8, verbose_name='申请什么')),
                ('subject_id', models.BigIntegerField()),
                ('entry_id', models.BigIntegerField()),
                ('register', models.CharField(max_length=40)),
                ('field', models.CharField(blank=True, max_length=40)),
                ('claim', models.BinaryField(null=True)),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('unit_name', models.CharField(blank=True, max_length=120, verbose_name='办理单位')),
                ('region', models.BigIntegerField()),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='答复')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_by_label', models.CharField(blank=True, max_length=80)),
                ('done', models.JSONField(default=dict)),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('registers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('erased', models.BooleanField(default=False)),
                ('basis', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by_label', models.CharField(max_length=80)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.CharField(blank=True, max_length=80)),
                ('region', models.BigIntegerField()),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='registers.datarequest')),
            ],
        ),
        migrations.CreateModel(
            name='ExportedPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('low', models.BigIntegerField()),
                ('high', models.BigIntegerField()),
                ('subject_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('region', models.BigIntegerField()),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='registers.registerexport')),
            ],
        ),
        migrations.CreateModel(
            name='ShutKey',
            fields=[
                ('digest', models.BinaryField(primary_key=True, serialize=False)),
                ('region', models.BigIntegerField()),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='registers.block')),
            ],
        ),
        migrations.AddIndex(
            model_name='datarequest',
            index=models.Index(fields=['subject_id', '-id'], name='data_requests_of_one'),
        ),
        migrations.AddIndex(
            model_name='datarequest',
            index=models.Index(fields=['state', 'region'], name='data_requests_waiting'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('entry_id', 'register', 'field', 'kind'), name='one_open_data_request'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('subject_id',), name='one_block_of_a_subject'),
        ),
        migrations.AddIndex(
            model_name='exportedpiece',
            index=models.Index(fields=['low', 'high'], name='exported_pieces'),
        ),
        Wall("registers_datarequest", region="region", unit="unit_id", subject="subject_id"),
        Wall("registers_block", region="region"),
        Wall("registers_shutkey", region="region"),
        Wall("registers_datacopy", owner="user_id"),
        Wall("registers_exportedpiece", region="region", append_only=True),
        migrations.RunSQL(emptying_sql.FUNCTION, emptying_sql.UNDO),
    ]
