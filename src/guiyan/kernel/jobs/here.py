"""The connector for running jobs on this thread's own connection."""

from __future__ import annotations

import json
from typing import Any, LiteralString

from procrastinate.contrib.django.django_connector import DjangoConnector


class HereConnector(DjangoConnector):
    """Django hands jsonb over as text; a worker needs the arguments themselves."""

    def execute_query_one(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        return with_arguments(super().execute_query_one(query, **arguments))

    def execute_query_all(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        return [with_arguments(row) for row in super().execute_query_all(query, **arguments)]


def with_arguments(row: dict[str, Any]) -> dict[str, Any]:
    if isinstance(row.get("args"), str):
        row["args"] = json.loads(row["args"])
    return row
