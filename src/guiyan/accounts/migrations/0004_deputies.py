"""Deputies (AB角): who stands in for whom, under which authorisation. Like all accounts, without a wall."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_wrong_tries'),
        ('kernel', '0006_opinions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.TextField(verbose_name='授权文件')),
                ('reason', models.TextField(verbose_name='原因')),
                ('valid_from', models.DateField(verbose_name='自')),
                ('valid_to', models.DateField(verbose_name='至')),
                ('given_at', models.DateTimeField()),
                ('given_by_id', models.BigIntegerField(null=True)),
                ('given_by_label', models.TextField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_label', models.TextField(blank=True, default='')),
                ('end_reason', models.TextField(blank=True, default='')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile', verbose_name='授权书')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='accounts.post', verbose_name='岗位')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL, verbose_name='被代岗人')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputises', to=settings.AUTH_USER_MODEL, verbose_name='代岗人')),
            ],
            options={
                'db_table': 'accounts_deputy',
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['user', '-id'], name='accounts_deputy_user'), models.Index(fields=['post', '-id'], name='accounts_deputy_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='accounts_deputy_dates'), models.CheckConstraint(condition=models.Q(('user', models.F('principal')), _negated=True), name='accounts_deputy_is_another')],
            },
        ),
    ]
