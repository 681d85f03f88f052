from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "guiyan.plans"
    label = "plans"
    verbose_name = "方案与指标"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.plans import tasks  # noqa: F401  ends documents whose term is over
