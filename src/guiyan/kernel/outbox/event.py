"""What a receiver is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """ids name what it is about, by the publisher's keywords; `at` is business time."""

    id: int
    name: str
    ids: Mapping[str, int | str]
    at: dt.datetime

    def __getitem__(self, key: str) -> int | str:
        return self.ids[key]

    def number(self, key: str) -> int:
        """The id of that name, which must be a number."""
        value = self.ids[key]
        if not isinstance(value, int):
            raise TypeError(f"{self.name} carries {key}={value!r}, not a number")
        return value
