from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sign_in_failures'),
    ]

    operations = [
        migrations.DeleteModel(name='SignInFailure'),
        migrations.CreateModel(
            name='WrongTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(max_length=16)),
                ('about', models.CharField(max_length=64)),
                ('address', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'accounts_wrong_try',
                'indexes': [
                    models.Index(fields=['door', 'about', 'at'], name='accounts_wrong_try_about'),
                    models.Index(fields=['door', 'address', 'at'], name='accounts_wrong_try_address'),
                ],
            },
        ),
    ]
