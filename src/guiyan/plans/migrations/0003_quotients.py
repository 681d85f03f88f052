from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_walls")]

    operations = [
        migrations.AlterField(
            model_name="indicatorvalue",
            name="value",
            field=models.DecimalField(decimal_places=4, max_digits=20, null=True),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="above",
            field=models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name="分子"),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="below",
            field=models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name="分母"),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="why",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="算不出的原因"),
            preserve_default=False,
        ),
    ]
