"""Records that triggers took, and messages told on them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0002_message_source'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.TextField()),
                ('release', models.BigIntegerField()),
                ('state', models.TextField()),
                ('state_since', models.DateTimeField()),
                ('trigger', models.CharField(max_length=80)),
                ('number', models.CharField(max_length=64, verbose_name='业务号')),
                ('digest', models.BinaryField()),
                ('came_by', models.CharField(choices=[('api', '接口'), ('file', '文件')], max_length=8, verbose_name='来源')),
                ('came_from', models.CharField(max_length=120)),
                ('received_at', models.DateTimeField()),
                ('day', models.DateField(verbose_name='收到日期')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='名称')),
                ('registered_on', models.DateField(null=True, verbose_name='登记日期')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('firm_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('region', models.BigIntegerField()),
                ('unit_id', models.BigIntegerField()),
                ('followed_at', models.DateTimeField(null=True)),
                ('untold', models.CharField(blank=True, max_length=20, verbose_name='没有告诉的原因')),
                ('helper_id', models.BigIntegerField(null=True)),
                ('helper_name', models.CharField(blank=True, max_length=120, verbose_name='首护人')),
                ('helper_phone', models.CharField(blank=True, max_length=40)),
                ('helper_account', models.CharField(blank=True, max_length=80)),
                ('contacted_at', models.DateTimeField(null=True)),
                ('contacted_by', models.CharField(blank=True, max_length=120)),
                ('service_id', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ArrivalFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trigger', models.CharField(max_length=80)),
                ('file_name', models.CharField(max_length=200, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64)),
                ('summary', models.JSONField(default=dict)),
                ('faults', models.JSONField(default=list)),
                ('user_id', models.BigIntegerField(null=True)),
                ('actor_label', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('region', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ArrivalMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_id', models.BigIntegerField()),
                ('about_kind', models.CharField(choices=[('person', '个人'), ('organisation', '单位')], max_length=12)),
                ('measure', models.CharField(max_length=80)),
                ('verdict', models.CharField(max_length=8)),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('amount_fen', models.BigIntegerField(null=True)),
                ('untold', models.CharField(blank=True, max_length=20)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('region', models.BigIntegerField()),
            ],
        ),
        migrations.AlterField(
            model_name='delivery',
            name='run',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='outreach.matchrun'),
        ),
        migrations.AlterField(
            model_name='message',
            name='run',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='outreach.matchrun'),
        ),
        migrations.AlterField(
            model_name='telling',
            name='run',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='outreach.matchrun'),
        ),
        migrations.AddField(
            model_name='message',
            name='arrival',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='outreach.arrival'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('arrival',), name='outreach_message_of_arrival'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrival__isnull', False), ('run', None)), models.Q(('arrival', None), ('run__isnull', False)), _connector='OR'), name='outreach_message_of_one'),
        ),
        migrations.AddIndex(
            model_name='arrivalfile',
            index=models.Index(fields=['trigger', '-id'], name='outreach_file_newest'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='outreach.arrivalfile'),
        ),
        migrations.AddField(
            model_name='arrivalmeasure',
            name='arrival',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='outreach.arrival'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(fields=['region', '-id'], name='outreach_arrival_region'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(fields=['day', '-id'], name='outreach_arrival_day'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('state', 'helping')), fields=['helper_account'], name='outreach_arrival_helping'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('trigger', 'number'), name='outreach_arrival_once'),
        ),
        migrations.AddConstraint(
            model_name='arrivalmeasure',
            constraint=models.UniqueConstraint(fields=('arrival', 'about_id', 'measure'), name='outreach_arrival_measure_once'),
        ),
        Wall("outreach_arrivalfile", region="region"),
        Wall("outreach_arrival", region="region", unit="unit_id", subject="subject_id"),
        Wall("outreach_arrivalmeasure", region="region", subject="subject_id", append_only=True),
    ]
