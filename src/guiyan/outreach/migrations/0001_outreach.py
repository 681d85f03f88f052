"""Runs with their counts and audience, messages with how they went out, and what people chose."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ChannelChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('channel', models.CharField(choices=[('in_app', '站内消息'), ('sms', '短信')], max_length=8)),
                ('wanted', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('region', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject_id', 'channel'), name='outreach_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.TextField()),
                ('release', models.BigIntegerField()),
                ('state', models.TextField()),
                ('state_since', models.DateTimeField()),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('kind', models.CharField(choices=[('person', '个人'), ('organisation', '单位')], max_length=12)),
                ('measures', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('day', models.DateField(verbose_name='按哪一天算')),
                ('region', models.BigIntegerField(verbose_name='范围')),
                ('unit_id', models.BigIntegerField(verbose_name='发起单位')),
                ('started_by_id', models.BigIntegerField(null=True)),
                ('started_by', models.CharField(max_length=120, verbose_name='发起人')),
                ('started_at', models.DateTimeField()),
                ('computed_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=400, verbose_name='没有算成的原因')),
                ('subjects', models.BigIntegerField(default=0, verbose_name='核对了多少人（家）')),
                ('people', models.BigIntegerField(default=0, verbose_name='至少符合一项的人（家）')),
                ('proposed_by', models.CharField(blank=True, max_length=120, verbose_name='报审人')),
                ('proposed_at', models.DateTimeField(null=True)),
                ('approved_by', models.CharField(blank=True, max_length=120, verbose_name='审核人')),
                ('approved_at', models.DateTimeField(null=True)),
                ('sent_back_for', models.CharField(blank=True, max_length=300, verbose_name='退回理由')),
                ('stopped_for', models.CharField(blank=True, max_length=300, verbose_name='停止理由')),
                ('told_to', models.BigIntegerField(default=0)),
                ('told_all_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['region', '-id'], name='outreach_run_region')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('about_id', models.BigIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('body', models.TextField()),
                ('at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('shown', models.BooleanField(default=True, verbose_name='在“我的”里显示')),
                ('opened_at', models.DateTimeField(null=True)),
                ('region', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='outreach.matchrun')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('channel', models.CharField(choices=[('in_app', '站内消息'), ('sms', '短信')], max_length=8)),
                ('outcome', models.CharField(choices=[('waiting', '等待发送'), ('sent', '已发出'), ('failed', '没有发成'), ('suppressed', '没有发')], max_length=12, verbose_name='怎样了')),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('attempts', models.IntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('receipt', models.CharField(blank=True, max_length=80)),
                ('region', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='outreach.matchrun')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='outreach.message')),
            ],
        ),
        migrations.CreateModel(
            name='MissingFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=80)),
                ('fact', models.CharField(max_length=80)),
                ('county', models.BigIntegerField()),
                ('people', models.BigIntegerField()),
                ('region', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='missing', to='outreach.matchrun')),
            ],
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_id', models.BigIntegerField()),
                ('subject_id', models.BigIntegerField()),
                ('measure', models.CharField(max_length=80)),
                ('version_from', models.DateField()),
                ('amount_fen', models.BigIntegerField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('applies', '去申请'), ('declines', '不需要')], max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('region', models.BigIntegerField()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='outreach.message')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='outreach.matchrun')),
            ],
        ),
        migrations.CreateModel(
            name='MatchPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('name', models.CharField(max_length=80)),
                ('low', models.BigIntegerField()),
                ('high', models.BigIntegerField()),
                ('county', models.BigIntegerField()),
                ('subjects', models.BigIntegerField()),
                ('done_at', models.DateTimeField(null=True)),
                ('region', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='outreach.matchrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='outreach_piece_once')],
            },
        ),
        migrations.CreateModel(
            name='CountyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(blank=True, max_length=80)),
                ('county', models.BigIntegerField()),
                ('yes', models.BigIntegerField()),
                ('unknown', models.BigIntegerField()),
                ('amount_fen', models.BigIntegerField(null=True)),
                ('region', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='outreach.matchrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'measure', 'county'), name='outreach_count_once')],
            },
        ),
        migrations.CreateModel(
            name='AudienceRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_id', models.BigIntegerField()),
                ('measure', models.CharField(max_length=80)),
                ('amount_fen', models.BigIntegerField(null=True)),
                ('region', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audience', to='outreach.matchrun')),
            ],
            options={
                'indexes': [models.Index(fields=['run', 'measure', 'region', 'about_id'], name='outreach_audience_place')],
                'constraints': [models.UniqueConstraint(fields=('run', 'about_id', 'measure'), name='outreach_audience_once')],
            },
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['subject_id', '-id'], name='outreach_message_subject'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('run', 'about_id'), name='outreach_message_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('outcome', 'waiting')), fields=['run', 'id'], name='outreach_delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['run', 'channel', 'outcome'], name='outreach_delivery_run'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['subject_id', 'channel', '-done_at'], name='outreach_delivery_lately'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'channel'), name='outreach_delivery_once'),
        ),
        migrations.AddConstraint(
            model_name='missingfact',
            constraint=models.UniqueConstraint(fields=('run', 'measure', 'fact', 'county'), name='outreach_fact_once'),
        ),
        migrations.AddIndex(
            model_name='telling',
            index=models.Index(fields=['run', 'measure', 'region'], name='outreach_telling_run'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(fields=('about_id', 'measure', 'version_from'), name='outreach_told_once'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='outreach_answered_at'),
        ),
        Wall("outreach_matchrun", region="region", unit="unit_id"),
        Wall("outreach_matchpiece", region="region"),
        Wall("outreach_countycount", region="region", append_only=True),
        Wall("outreach_missingfact", region="region", append_only=True),
        Wall("outreach_audiencerow", region="region", append_only=True),
        Wall("outreach_message", region="region", subject="subject_id"),
        Wall("outreach_telling", region="region", subject="subject_id"),
        Wall("outreach_delivery", region="region", subject="subject_id"),
        Wall("outreach_channelchoice", region="region", subject="subject_id"),
    ]
