"""Whom a notice lists and what is about to be done: firms get awards, are recognised."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='verb',
            field=models.CharField(default='发放补贴', max_length=80, verbose_name='拟做什么'),
        ),
        migrations.AddField(
            model_name='notice',
            name='whom',
            field=models.CharField(choices=[('person', '人员'), ('organisation', '单位')], default='person', max_length=12, verbose_name='名单上是谁'),
        ),
    ]
