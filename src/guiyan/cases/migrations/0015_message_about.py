"""A message may be about what is no request: an answer to a published entry."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_verdict_reckoning")]

    operations = [
        migrations.AddField(model_name="message", name="about", field=models.CharField(blank=True, default="", max_length=80)),
    ]
