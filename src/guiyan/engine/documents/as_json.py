"""A parsed document as JSON values, in the evaluation's schema with spans added."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guiyan.engine.documents.model import ParsedDocument, ParsedIndicator, ParsedMeasure


def number(value: Decimal | None) -> int | float | None:
    """A JSON number; whole ones without a fraction."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _sparse(item: ParsedIndicator | ParsedMeasure, optional: tuple[str, ...]) -> dict[str, Any]:
    """The item's fields, the optional ones only where they say something."""
    values: dict[str, Any] = _plain(item)
    return {key: value for key, value in values.items() if key not in optional or value}


def document_as_json(document: ParsedDocument) -> dict[str, object]:
    optional_indicator = ("value_max", "deadline", "approx", "redacted", "scope", "horizon")
    optional_measure = ("cap_total", "per", "redacted", "tier", "pool")
    out: dict[str, object] = {
        "doc_id": document.doc_id,
        "source_file": document.source_file,
        "title": document.title,
        "issuing": _plain(document.issuing),
        "plans": _plain(document.plans),
        "outline": _plain(document.outline),
        "tasks": _plain(document.tasks),
        "indicators": [_sparse(item, optional_indicator) for item in document.indicators],
        "measures": [_measure(item, optional_measure) for item in document.measures],
    }
    if document.lead_rule:
        out["lead_rule"] = document.lead_rule
    if document.implied_units:
        out["implied_units"] = list(document.implied_units)
    if document.role_labels:
        out["role_labels"] = dict(document.role_labels)
    return out


def _measure(item: ParsedMeasure, optional: tuple[str, ...]) -> dict[str, Any]:
    values = _sparse(item, optional)
    if values.pop("pool", False):
        values["scope"] = "pool"
    return values
