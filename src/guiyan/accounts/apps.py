"""Accounts as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "guiyan.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "账号"

    def ready(self) -> None:
        from guiyan.accounts import tasks  # noqa: F401  declares its job
