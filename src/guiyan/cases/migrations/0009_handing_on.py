"""Delegations to townships, alerts, checks handed on, and which clock a case is due by."""

from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_deputies'),
        ('cases', '0008_case_handler'),
        ('kernel', '0006_opinions'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='accepted_for_id',
            field=models.BigIntegerField(null=True, verbose_name='代谁受理'),
        ),
        migrations.AddField(
            model_name='case',
            name='due_clock',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='哪个时限到期'),
        ),
        migrations.AddField(
            model_name='casecheck',
            name='handler_id',
            field=models.BigIntegerField(null=True, verbose_name='转给谁办'),
        ),
        migrations.AddField(
            model_name='casecheck',
            name='handler_label',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='writtendecision',
            name='under',
            field=models.CharField(blank=True, default='', max_length=300, verbose_name='由谁受委托办理'),
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('entrusted', '委托受理'), ('authorised', '授权办理')], max_length=12)),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None, verbose_name='事项')),
                ('document', models.CharField(max_length=120, verbose_name='委托书')),
                ('valid_from', models.DateField(verbose_name='自')),
                ('valid_to', models.DateField(verbose_name='至')),
                ('given_at', models.DateTimeField()),
                ('given_by_label', models.CharField(max_length=120)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_label', models.CharField(blank=True, max_length=120)),
                ('end_reason', models.CharField(blank=True, max_length=200)),
                ('given_back_at', models.DateTimeField(null=True, verbose_name='办件退回委托单位')),
                ('region', models.BigIntegerField(verbose_name='受托单位的辖区')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='受托单位')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='委托单位')),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='accepted_under',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.delegation', verbose_name='受托受理'),
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('urge', '催办'), ('head', '超期报单位负责人'), ('supervision', '超期报督查室')], max_length=12)),
                ('clock', models.CharField(max_length=80)),
                ('round', models.IntegerField(default=1)),
                ('label', models.CharField(max_length=120, verbose_name='哪个时限')),
                ('due_on', models.DateField(null=True, verbose_name='应在哪天办完')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='催办的话')),
                ('by_label', models.CharField(blank=True, max_length=120, verbose_name='谁催的')),
                ('at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(null=True)),
                ('region', models.BigIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='cases.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('cleared_at', None)), fields=['unit', 'kind', 'id'], name='cases_alert_unit'), models.Index(condition=models.Q(('cleared_at', None)), fields=['region', 'kind', 'id'], name='cases_alert_region')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'urge'), _negated=True), fields=('case', 'kind', 'clock', 'round'), name='cases_alert_once')],
            },
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(fields=['agent', '-id'], name='cases_delegation_agent'),
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(fields=['principal', '-id'], name='cases_delegation_principal'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='cases_delegation_dates'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('principal', models.F('agent')), _negated=True), name='cases_delegation_to_another'),
        ),
        Wall("cases_delegation", region="region", unit="principal_id"),
        Wall("cases_alert", region="region", unit="unit_id"),
    ]
