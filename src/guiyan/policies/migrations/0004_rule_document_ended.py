"""A document may go out of force while a change on its words is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('policies', '0003_rule_proposals'),
    ]

    operations = [
        migrations.AddField(
            model_name='ruleproposal',
            name='document_ended_at',
            field=models.DateTimeField(null=True),
        ),
    ]
