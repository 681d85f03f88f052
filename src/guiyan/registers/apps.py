"""The Django application of the registers."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "guiyan.registers"
    label = "registers"
    verbose_name = "名录"
