"""The kernel as a Django app: the tables of audit, releases, workflow, outbox, calendar and files."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "guiyan.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "内核"

    def ready(self) -> None:
        """Declare the kernel's own jobs and receivers."""
        from guiyan.kernel.files import jobs  # noqa: F401
        from guiyan.kernel.jobs import housekeeping, sealing  # noqa: F401
        from guiyan.kernel.outbox import receivers  # noqa: F401
