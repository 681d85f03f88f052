from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "guiyan.exchange"
    label = "exchange"
    verbose_name = "上下交换"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.exchange import passed, tasks  # noqa: F401  tells whose entries went where; makes packages behind
