"""Partners, packages, and what was read and reported by API; all within the place they concern."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0007_release_edits'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='对方')),
                ('region', models.BigIntegerField()),
                ('registers', models.JSONField(default=list)),
                ('signing_key', models.BinaryField()),
                ('sealing_key', models.BinaryField()),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('made_by_label', models.CharField(max_length=80)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_label', models.CharField(blank=True, max_length=80)),
                ('end_reason', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='ApiTraffic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('key_prefix', models.CharField(max_length=16)),
                ('name', models.CharField(max_length=80)),
                ('holder', models.CharField(max_length=80)),
                ('register', models.CharField(max_length=40)),
                ('direction', models.CharField(choices=[('out', '读走'), ('in', '报来')], max_length=3)),
                ('calls', models.IntegerField()),
                ('entries', models.IntegerField()),
                ('region', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['region', '-day'], name='traffic_of_a_place')],
                'constraints': [models.UniqueConstraint(fields=('day', 'key_prefix', 'register', 'direction'), name='one_line_a_key_and_day')],
            },
        ),
        migrations.CreateModel(
            name='Package',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('out', '发出'), ('in', '收进')], max_length=3)),
                ('register', models.CharField(max_length=40)),
                ('number', models.IntegerField(null=True)),
                ('since', models.DateField(null=True)),
                ('as_of', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField()),
                ('asked_by_label', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_by_label', models.CharField(blank=True, max_length=80)),
                ('agreed', models.BooleanField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(null=True)),
                ('failed', models.CharField(blank=True, max_length=200)),
                ('row_count', models.IntegerField(null=True)),
                ('chain', models.CharField(blank=True, max_length=64)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('import_file_id', models.BigIntegerField(null=True)),
                ('region', models.BigIntegerField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packages', to='exchange.partner')),
            ],
            options={
                'indexes': [models.Index(fields=['region', '-id'], name='packages_of_a_place')],
                'constraints': [models.UniqueConstraint(fields=('partner', 'direction', 'register', 'number'), name='one_package_of_a_number'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='package_is_decided_by_another')],
            },
        ),
        Wall("exchange_partner", region="region"),
        Wall("exchange_package", region="region"),
        Wall("exchange_apitraffic", region="region"),
    ]
