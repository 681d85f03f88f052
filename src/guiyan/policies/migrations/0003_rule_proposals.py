"""Changes of rules at the desk; a measure of theirs is confirmed without a line of a document."""

import django.contrib.postgres.fields
from django.db import migrations, models

import guiyan.kernel.ordered
from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0002_walls'),
    ]

    operations = [
        migrations.AlterField(
            model_name='measureconfirmation',
            name='item_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='RuleProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.TextField()),
                ('release', models.BigIntegerField()),
                ('state', models.TextField()),
                ('state_since', models.DateTimeField()),
                ('measure_id', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('kind', models.CharField(choices=[('person', '个人'), ('organisation', '单位'), ('project', '项目')], max_length=12)),
                ('is_new', models.BooleanField(verbose_name='是新措施')),
                ('base_release', models.BigIntegerField()),
                ('made_release', models.BigIntegerField(null=True)),
                ('effective_on', models.DateField(null=True, verbose_name='施行日期')),
                ('document_id', models.BigIntegerField(null=True)),
                ('document_title', models.CharField(blank=True, max_length=300, verbose_name='依据的文件')),
                ('section', models.CharField(blank=True, max_length=300, verbose_name='条款')),
                ('quote', models.TextField(blank=True, verbose_name='原文')),
                ('item_like', models.CharField(blank=True, max_length=80, verbose_name='照哪个事项办')),
                ('region', models.BigIntegerField()),
                ('unit_id', models.BigIntegerField()),
                ('content', guiyan.kernel.ordered.OrderedJSONField()),
                ('cases', guiyan.kernel.ordered.OrderedJSONField(default=list)),
                ('version', models.IntegerField(default=1)),
                ('begun_by', models.BigIntegerField(null=True)),
                ('begun_by_name', models.CharField(max_length=120)),
                ('begun_at', models.DateTimeField()),
                ('edited_by', models.BigIntegerField(null=True)),
                ('edited_by_name', models.CharField(blank=True, max_length=120)),
                ('edited_at', models.DateTimeField()),
                ('editors', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('proposed_by', models.BigIntegerField(null=True)),
                ('proposed_by_name', models.CharField(blank=True, max_length=120, verbose_name='报审人')),
                ('proposed_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120, verbose_name='审批人')),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='退回理由')),
            ],
            options={
                'indexes': [models.Index(fields=['region', '-id'], name='policies_rule_region')],
            },
        ),
        Wall("policies_ruleproposal", region="region", unit="unit_id"),
    ]
