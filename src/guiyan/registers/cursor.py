"""Where a page of a long list begins: the last row's sort value and id, in an address."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Cursor:
    order: str
    value: str | int | date | bool | None
    pk: int
    forward: bool

    def backward(self) -> Cursor:
        return replace(self, forward=False)

    def __str__(self) -> str:
        value = ["d", self.value.isoformat()] if isinstance(self.value, date) else ["v", self.value]
        packed = json.dumps([self.order, value, self.pk, self.forward], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor | None:
    """None for an empty or damaged one: the list then starts at its beginning."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        order, (kind, value), pk, forward = json.loads(packed)
        value = date.fromisoformat(value) if kind == "d" else value
        well_made = isinstance(order, str) and isinstance(pk, int) and isinstance(forward, bool)
    except (binascii.Error, ValueError, TypeError, UnicodeDecodeError):
        return None
    if not well_made or not isinstance(value, str | int | date | None):
        return None
    return Cursor(order, value, pk, forward)
