from django.apps import AppConfig


class LendingConfig(AppConfig):
    name = "guiyan.lending"
    label = "lending"
    verbose_name = "贷款"
    default_auto_field = "django.db.models.BigAutoField"
