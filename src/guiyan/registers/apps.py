"""The Django application of the registers."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "guiyan.registers"
    label = "registers"
    verbose_name = "名录"

    def ready(self) -> None:
        from guiyan.kernel import identity
        from guiyan.registers import receivers, tasks  # noqa: F401  declares its jobs and what follows from changes
        from guiyan.registers.queries.subjects import known_as

        identity.answered_by(known_as)
