"""When a file was fetched first: until then it stands in one's work."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0006_imports_in_steps")]

    operations = [
        migrations.AddField(
            model_name="registerexport", name="fetched_at", field=models.DateTimeField(null=True)
        ),
    ]
