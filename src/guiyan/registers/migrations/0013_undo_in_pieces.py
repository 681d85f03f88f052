from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registers', '0012_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='undo_left',
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name='importrun',
            name='undo_upto',
            field=models.BigIntegerField(default=0),
        ),
    ]
