import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_document_life")]

    operations = [
        migrations.AlterField(
            "supervisionproposal",
            "order",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="plans.supervisionorder",
            ),
        ),
    ]
