"""Which mandate a message asks about, so that it is read once that is answered."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_answer_sources")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="mandate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="cases.mandate",
            ),
        ),
    ]
