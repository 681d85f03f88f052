"""What of a release was changed at the desk; releases made before have nothing of the kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('kernel', '0006_opinions'),
    ]

    operations = [
        migrations.AddField(
            model_name='packrelease',
            name='before',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='packrelease',
            name='edits',
            field=models.JSONField(default=dict),
        ),
    ]
