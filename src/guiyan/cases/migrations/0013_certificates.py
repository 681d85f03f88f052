"""Certificates of recognitions, behind the walls of their cases; never changed."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_deputies'),
        ('cases', '0012_remarks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, verbose_name='认定编号')),
                ('item', models.CharField(max_length=80)),
                ('register', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=80, verbose_name='认定名称')),
                ('member_id', models.BigIntegerField(verbose_name='认定对象')),
                ('member', models.CharField(max_length=200, verbose_name='认定对象名称')),
                ('operator_id', models.BigIntegerField(verbose_name='运营单位')),
                ('operator', models.CharField(max_length=200, verbose_name='运营单位名称')),
                ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('unit_name', models.CharField(max_length=120)),
                ('valid_from', models.DateField(verbose_name='自')),
                ('valid_to', models.DateField(verbose_name='至')),
                ('issued_on', models.DateField()),
                ('issued_by_id', models.BigIntegerField(null=True)),
                ('issued_by_label', models.CharField(max_length=120)),
                ('region', models.BigIntegerField()),
                ('subject_id', models.BigIntegerField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='cases.case')),
                ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='cases.certificate')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['number', '-id'], name='cases_certificate_number'), models.Index(fields=['operator_id', 'item', '-id'], name='cases_certificate_operator')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='cases_certificate_dates')],
            },
        ),
        Wall("cases_certificate", region="region", unit="unit_id", subject="subject_id", append_only=True),
    ]
