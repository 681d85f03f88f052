"""Who gave an answer, where that is not simply how the case was entered."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="answer_sources",
            field=models.JSONField(default=dict, verbose_name="由别人填写或提交后改过的栏目"),
        ),
    ]
