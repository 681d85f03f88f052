"""A message keeps what it was written from: its reader does not see the run."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("outreach", "0001_outreach")]

    operations = [
        migrations.AddField("message", "release", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("message", "day", models.DateField(default=datetime.date(2026, 6, 8)), preserve_default=False),
        migrations.AddField("message", "firm", models.CharField(blank=True, default="", max_length=200)),
    ]
