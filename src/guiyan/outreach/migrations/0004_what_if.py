"""Kept what-ifs: the question, its release and facts, and what was found."""

import django.contrib.postgres.fields
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0003_arrivals'),
    ]

    operations = [
        migrations.CreateModel(
            name='WhatIfRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('kind', models.CharField(choices=[('person', '个人'), ('organisation', '单位')], max_length=12)),
                ('measures', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('day', models.DateField(verbose_name='现行规则按哪一天算')),
                ('changed_day', models.DateField(verbose_name='改动以后按哪一天算')),
                ('changes', models.JSONField(default=dict)),
                ('said', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64)),
                ('release', models.BigIntegerField()),
                ('snapshot', models.IntegerField()),
                ('facts_as_of', models.DateTimeField(verbose_name='数据时间')),
                ('region', models.BigIntegerField(verbose_name='范围')),
                ('unit_id', models.BigIntegerField(verbose_name='试算单位')),
                ('started_by_id', models.BigIntegerField(null=True)),
                ('started_by', models.CharField(max_length=120, verbose_name='试算人')),
                ('started_at', models.DateTimeField()),
                ('rows', models.BigIntegerField(verbose_name='要核对多少人（家）')),
                ('rows_done', models.BigIntegerField(default=0)),
                ('counties_done', models.IntegerField(default=0)),
                ('tables', models.JSONField(default=dict)),
                ('problem', models.CharField(blank=True, max_length=400, verbose_name='没有算成的原因')),
                ('computed_at', models.DateTimeField(null=True)),
                ('people_before', models.BigIntegerField(null=True)),
                ('people_after', models.BigIntegerField(null=True)),
                ('fen_before', models.BigIntegerField(null=True)),
                ('fen_after', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['region', '-id'], name='outreach_whatif_region'), models.Index(fields=['digest'], name='outreach_whatif_digest')],
            },
        ),
        Wall("outreach_whatifrun", region="region", unit="unit_id"),
    ]
