"""How applicants judged the handling of their requests, behind the walls of their cases."""

from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_wrong_tries'),
        ('cases', '0003_message_mandate'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.SmallIntegerField(choices=[(5, '非常满意'), (4, '满意'), (3, '基本满意'), (2, '不满意'), (1, '非常不满意')], verbose_name='评价')),
                ('points', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None)),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='评价内容')),
                ('way', models.CharField(choices=[('self', '本人评价'), ('counter', '窗口代录'), ('helper', '帮办代录')], max_length=8, verbose_name='评价方式')),
                ('given_at', models.DateTimeField()),
                ('given_by_id', models.BigIntegerField(null=True)),
                ('given_by_label', models.CharField(max_length=120)),
                ('call_due_on', models.DateField(null=True, verbose_name='回访期限')),
                ('called_at', models.DateTimeField(null=True, verbose_name='回访时间')),
                ('called_by_id', models.BigIntegerField(null=True)),
                ('called_by_label', models.CharField(blank=True, max_length=120, verbose_name='回访人')),
                ('outcome', models.CharField(blank=True, choices=[('mended', '已整改'), ('explained', '已解释，本人认可'), ('disagreed', '已解释，本人不认可'), ('unreachable', '联系不上')], max_length=12, verbose_name='回访结果')),
                ('call_note', models.CharField(blank=True, max_length=500, verbose_name='回访记录')),
                ('region', models.BigIntegerField()),
                ('subject_id', models.BigIntegerField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='cases.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-given_at'], name='cases_rating_unit'), models.Index(condition=models.Q(('called_at', None)), fields=['call_due_on'], name='cases_rating_to_call')],
                'constraints': [models.CheckConstraint(condition=models.Q(('grade__range', (1, 5))), name='cases_rating_grade'), models.CheckConstraint(condition=models.Q(models.Q(('called_at', None), ('outcome', '')), models.Q(('called_at__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('call_note', ''), _negated=True)), _connector='OR'), name='cases_rating_called_says_how'), models.CheckConstraint(condition=models.Q(('grade__gt', 2), ('call_due_on__isnull', False), _connector='OR'), name='cases_rating_bad_is_called_back')],
            },
        ),
        Wall("cases_rating", region="region", subject="subject_id"),
    ]
