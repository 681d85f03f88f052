"""Events, receipts and reasons of failed jobs; the queue itself is procrastinate's."""

import django.db.models.deletion
from django.db import migrations, models

from guiyan.kernel.outbox.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_workflow'),
        ('procrastinate', '0041_post_retry_failed_job'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.TextField()),
                ('ids', models.JSONField()),
                ('at', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
                ('receivers', models.IntegerField()),
            ],
            options={
                'db_table': 'outbox_event',
            },
        ),
        migrations.CreateModel(
            name='OutboxReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receiver', models.TextField()),
                ('at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='kernel.outboxevent')),
            ],
            options={
                'db_table': 'outbox_receipt',
                'constraints': [models.UniqueConstraint(fields=('event', 'receiver'), name='outbox_receipt_once')],
            },
        ),
        migrations.CreateModel(
            name='JobFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_id', models.BigIntegerField()),
                ('name', models.TextField()),
                ('attempt', models.IntegerField()),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('trace', models.TextField()),
            ],
            options={
                'db_table': 'kernel_job_failure',
                'indexes': [models.Index(fields=['job_id', '-id'], name='job_failure_of_job')],
            },
        ),
        AppendOnly("outbox_event"),
        AppendOnly("outbox_receipt"),
    ]
