from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "guiyan.exchange"
    label = "exchange"
    verbose_name = "上下交换"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.exchange import tasks  # noqa: F401  makes packages behind
