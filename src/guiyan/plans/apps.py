from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "guiyan.plans"
    label = "plans"
    verbose_name = "方案与指标"
    default_auto_field = "django.db.models.BigAutoField"
