"""Saved views of lists, and with which one a list opens. Whose they are stands behind a wall."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_deputies'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=120, verbose_name='哪个列表')),
                ('name', models.CharField(max_length=20, verbose_name='名称')),
                ('query', models.CharField(max_length=1000, verbose_name='条件')),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='谁的')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='共享给')),
            ],
            options={
                'db_table': 'accounts_saved_view',
                'ordering': ('id',),
                'indexes': [models.Index(fields=['owner', 'page', 'id'], name='accounts_saved_view_owner'), models.Index(fields=['unit', 'page', 'id'], name='accounts_saved_view_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('owner', 'page', 'name'), name='accounts_saved_view_name')],
            },
        ),
        migrations.CreateModel(
            name='DefaultView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=120)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='default_views', to=settings.AUTH_USER_MODEL)),
                ('view', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.savedview')),
            ],
            options={
                'db_table': 'accounts_default_view',
                'constraints': [models.UniqueConstraint(fields=('user', 'page'), name='accounts_default_view_one')],
            },
        ),
        Wall("accounts_saved_view", owner="owner_id", unit="unit_id"),
        Wall("accounts_default_view", owner="user_id"),
    ]
