"""Several requests with one form (一件事), and cases that go first (绿色通道)."""

from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_handing_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='Joint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=32, verbose_name='一件事编号')),
                ('bundle', models.CharField(max_length=80, verbose_name='一件事')),
                ('title', models.CharField(max_length=120)),
                ('release', models.BigIntegerField(verbose_name='规则发布号')),
                ('subject_id', models.BigIntegerField(verbose_name='申请人')),
                ('applicant', models.CharField(max_length=120, verbose_name='申请人姓名')),
                ('region', models.BigIntegerField(verbose_name='区划')),
                ('entry', models.CharField(max_length=10, verbose_name='来源')),
                ('entered_by_id', models.BigIntegerField(null=True, verbose_name='录入人')),
                ('chosen', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None, verbose_name='一起办的事项')),
                ('submission_token', models.CharField(max_length=64, unique=True)),
                ('opened_at', models.DateTimeField(verbose_name='建立时间')),
                ('saved_at', models.DateTimeField(verbose_name='最近保存')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='提交时间')),
                ('dropped_at', models.DateTimeField(null=True, verbose_name='放弃时间')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-id'], name='cases_joint_subject')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number__gt', '')), fields=('number',), name='cases_joint_number'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('submitted_at', None)), models.Q(('dropped_at', None), ('number__gt', ''), ('submitted_at__isnull', False)), _connector='OR'), name='cases_joint_sent_has_number')],
            },
        ),
        Wall("cases_joint", region="region", subject="subject_id", owner="entered_by_id"),
        migrations.AddField(
            model_name='case',
            name='green',
            field=models.BooleanField(default=False, verbose_name='绿色通道'),
        ),
        migrations.AddField(
            model_name='case',
            name='joint',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.joint'),
        ),
    ]
