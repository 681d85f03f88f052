from django.db import migrations

from guiyan.kernel.scope import Wall


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_policies")]

    operations = [Wall("policies_measureconfirmation", region="region", public="is_public")]
