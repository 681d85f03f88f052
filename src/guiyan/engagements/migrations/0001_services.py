"""The service log and its drafts, behind their walls."""

from django.db import migrations, models

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_audit_and_releases'),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_id', models.BigIntegerField()),
                ('subject_id', models.BigIntegerField()),
                ('region', models.BigIntegerField()),
                ('values', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'subject_id'), name='one_service_draft')],
            },
        ),
        migrations.CreateModel(
            name='ServiceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('holder_id', models.BigIntegerField()),
                ('region', models.BigIntegerField()),
                ('unit_id', models.BigIntegerField(null=True)),
                ('kind', models.CharField(max_length=24, verbose_name='种类')),
                ('on', models.DateField(verbose_name='哪一天')),
                ('note', models.CharField(max_length=600, verbose_name='做了什么')),
                ('need', models.CharField(blank=True, max_length=200, verbose_name='发现的需求')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='下一步')),
                ('next_on', models.DateField(null=True, verbose_name='哪天以前')),
                ('next_for_id', models.BigIntegerField(null=True)),
                ('next_for_label', models.CharField(blank=True, max_length=120)),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.CharField(blank=True, max_length=120)),
                ('outcome', models.CharField(blank=True, max_length=300, verbose_name='办得怎样')),
                ('struck_at', models.DateTimeField(null=True)),
                ('struck_by', models.CharField(blank=True, max_length=120)),
                ('struck_reason', models.CharField(blank=True, max_length=200)),
                ('token', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-on', '-id'], name='services_of_subject'), models.Index(condition=models.Q(('done_at__isnull', True), ('struck_at__isnull', True), models.Q(('next_step', ''), _negated=True)), fields=['next_for_id', 'next_on'], name='services_next_steps')],
                'constraints': [models.UniqueConstraint(fields=('by_id', 'token'), name='service_recorded_once'), models.CheckConstraint(condition=models.Q(models.Q(('next_on__isnull', True), ('next_step', '')), models.Q(models.Q(('next_step', ''), _negated=True), ('next_on__isnull', False)), _connector='OR'), name='service_next_step_has_a_day')],
            },
        ),
        Wall('engagements_servicerecord', region='region', subject='holder_id', owner='next_for_id'),
        Wall('engagements_servicedraft', region='region', owner='owner_id'),
    ]
