from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "guiyan.notices"
    label = "notices"
    verbose_name = "公示公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.notices import receivers  # noqa: F401  publishes signed batches, closes what has run out
