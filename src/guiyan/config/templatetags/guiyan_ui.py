"""`{% load guiyan_ui %}`: every filter and tag of the design system. Contract: docs/components.md."""

from __future__ import annotations

from guiyan.config.ui.tags import blocks, fields, filters, leaves, lists, numbers
from guiyan.config.ui.tags.library import register

__all__ = ["blocks", "fields", "filters", "leaves", "lists", "numbers", "register"]
