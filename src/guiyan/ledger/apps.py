from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "guiyan.ledger"
    label = "ledger"
    verbose_name = "资金台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.ledger import colliding, happenings, kept, tasks  # noqa: F401  what it tells of people; the job of files
