"""Comparisons of whole batches with lists, and what was decided on their hits."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sign_in_failures'),
        ('cases', '0005_without_measure'),
    ]

    operations = [
        migrations.AddField(
            model_name='casecomparison',
            name='effect',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='casecomparison',
            name='is_stale',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='casecomparison',
            name='outcome',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.CreateModel(
            name='ComparisonRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=160)),
                ('case_count', models.IntegerField()),
                ('compared_at', models.DateTimeField()),
                ('compared_by_id', models.BigIntegerField(null=True)),
                ('compared_by_label', models.CharField(max_length=120)),
                ('region', models.BigIntegerField()),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comparison_runs', to='cases.batch')),
                ('previous', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.comparisonrun')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ComparisonHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line_no', models.IntegerField()),
                ('list_id', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=120)),
                ('effect', models.CharField(max_length=8)),
                ('outcome', models.CharField(max_length=8)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('rows', models.JSONField(default=list)),
                ('fingerprint', models.CharField(max_length=64)),
                ('is_new', models.BooleanField(default=False)),
                ('is_carried', models.BooleanField(default=False)),
                ('verdict', models.CharField(blank=True, choices=[('true', '真命中'), ('false', '误报')], max_length=6)),
                ('opinion', models.CharField(blank=True, max_length=300)),
                ('settled_by_id', models.BigIntegerField(null=True)),
                ('settled_by_label', models.CharField(blank=True, max_length=120)),
                ('settled_at', models.DateTimeField(null=True)),
                ('region', models.BigIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparison_hits', to='cases.case')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hits', to='cases.comparisonrun')),
            ],
        ),
        migrations.CreateModel(
            name='ComparisonRunList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('list_id', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=120)),
                ('effect', models.CharField(max_length=8)),
                ('as_of', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('issues', models.JSONField(default=list)),
                ('row_count', models.IntegerField(default=0)),
                ('is_stale', models.BooleanField(default=False)),
                ('is_missing', models.BooleanField(default=False)),
                ('required', models.BooleanField(default=True)),
                ('compared', models.IntegerField()),
                ('hits', models.IntegerField()),
                ('region', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='cases.comparisonrun')),
            ],
        ),
        migrations.AddIndex(
            model_name='comparisonrun',
            index=models.Index(fields=['batch', '-id'], name='cases_run_batch'),
        ),
        migrations.AddIndex(
            model_name='comparisonhit',
            index=models.Index(fields=['case', 'fingerprint', '-id'], name='cases_hit_again'),
        ),
        migrations.AddConstraint(
            model_name='comparisonhit',
            constraint=models.UniqueConstraint(fields=('run', 'case', 'list_id'), name='cases_hit_once'),
        ),
        migrations.AddConstraint(
            model_name='comparisonhit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('verdict', '')), models.Q(('settled_at__isnull', False), ('verdict__in', ['true', 'false']), models.Q(('opinion', ''), _negated=True)), _connector='OR'), name='cases_hit_settled'),
        ),
        migrations.AddConstraint(
            model_name='comparisonrunlist',
            constraint=models.UniqueConstraint(fields=('run', 'list_id'), name='cases_run_list_once'),
        ),
        Wall('cases_comparisonrun', region='region', unit='unit_id', append_only=True),
        Wall('cases_comparisonrunlist', region='region', append_only=True),
        Wall('cases_comparisonhit', region='region'),
    ]
