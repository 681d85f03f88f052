"""A change may bring the link to a document that the pack does not know yet."""

import guiyan.kernel.ordered
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ('policies', '0004_rule_document_ended'),
    ]

    operations = [
        migrations.AddField(
            model_name='ruleproposal',
            name='plan_link',
            field=guiyan.kernel.ordered.OrderedJSONField(null=True),
        ),
    ]
