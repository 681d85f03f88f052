"""An applied pack stays as it was."""

from django.db import migrations

from guiyan.kernel.outbox.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_clock_and_files")]

    operations = [AppendOnly("pack_release")]
