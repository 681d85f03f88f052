"""Cases: from the request to the closing. Money is in ledger, publication in notices."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "guiyan.cases"
    label = "cases"
    verbose_name = "办件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.cases import receivers, tasks  # noqa: F401  registers what follows from payments and from time
        from guiyan.cases.queries import colliding, happenings, kept, standing  # noqa: F401  tells of subjects
