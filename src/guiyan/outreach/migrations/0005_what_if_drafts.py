"""A change of the rule desk may be tried out: the measure as it was drafted."""

import guiyan.kernel.ordered
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0004_what_if'),
    ]

    operations = [
        migrations.AddField(
            model_name='whatifrun',
            name='drafts',
            field=guiyan.kernel.ordered.OrderedJSONField(default=dict),
        ),
    ]
