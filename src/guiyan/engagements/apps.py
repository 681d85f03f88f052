"""The Django application of engagements."""

from __future__ import annotations

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "guiyan.engagements"
    label = "engagements"
    verbose_name = "活动与服务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.engagements.queries import happenings  # noqa: F401  offers services to the timeline
