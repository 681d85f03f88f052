"""Plain data in a jsonb column with the order of its names kept: jsonb itself sorts them, rules are read in order."""

from __future__ import annotations

from typing import Any

from django.db import models

from guiyan.packs.pack import as_pairs, from_pairs


class OrderedJSONField(models.JSONField):
    """Mappings, lists and scalars; mappings are stored as lists of pairs."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return from_pairs(super().from_db_value(value, expression, connection))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(as_pairs(value), connection, prepared)
