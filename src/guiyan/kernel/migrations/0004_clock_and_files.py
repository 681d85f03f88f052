"""Moves of the business clock, and what is known of stored files."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.scope import Wall
from guiyan.kernel.outbox.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_outbox_and_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved_at', models.DateTimeField()),
                ('to', models.DateTimeField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_label', models.TextField()),
                ('reason', models.TextField()),
            ],
            options={
                'db_table': 'kernel_clock_move',
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('kind', models.TextField()),
                ('purpose', models.TextField()),
                ('sha256', models.TextField()),
                ('size', models.BigIntegerField()),
                ('stored_at', models.DateTimeField()),
                ('stored_by', models.BigIntegerField(null=True)),
                ('region', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'kernel_file',
                'indexes': [models.Index(fields=['sha256'], name='kernel_file_sha256')],
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='kernel_file_not_empty')],
            },
        ),
        AppendOnly("kernel_clock_move"),
        Wall("kernel_file", region="region", unit="unit_id", subject="subject_id"),
    ]
