"""`state` belongs to flows: a column has a stage, and an import is undone when it says when."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registers', '0001_subjects_and_reports'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='registercolumn', name='one_live_column_per_field'),
        migrations.RenameField(model_name='registercolumn', old_name='state', new_name='stage'),
        migrations.AddConstraint(
            model_name='registercolumn',
            constraint=models.UniqueConstraint(
                condition=models.Q(('stage', 'live')), fields=('register', 'field'), name='one_live_column_per_field'
            ),
        ),
        migrations.RemoveField(model_name='importrun', name='state'),
    ]
