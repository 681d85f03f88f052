"""Values as the binary form of COPY wants them, a column at a time: what comes again is packed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from struct import Struct
from typing import Any

HEAD, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
EMPTY = b"\xff\xff\xff\xff"
FIRST_DAY, FIRST_MOMENT = date(2000, 1, 1).toordinal(), datetime(2000, 1, 1, tzinfo=UTC)
JSONB_VERSION = b"\x01"
TEXT_OID = 25
_length, _bigint, _day = Struct(">i").pack, Struct(">iq").pack, Struct(">ii").pack
_read_length = Struct(">i").unpack_from
_array, _no_array = Struct(">5i").pack, Struct(">3i").pack


def text(value: str) -> bytes:
    return raw(value.encode())


def raw(value: bytes) -> bytes:
    return _length(len(value)) + value


def bigint(value: int) -> bytes:
    return _bigint(8, value)


def boolean(value: bool) -> bytes:
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def day(value: date) -> bytes:
    return _day(4, value.toordinal() - FIRST_DAY)


def moment(value: datetime) -> bytes:
    since = value - FIRST_MOMENT
    return _bigint(8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def jsonb(value: bytes) -> bytes:
    """value: JSON as UTF-8."""
    return _length(len(value) + 1) + JSONB_VERSION + value


def first_jsonb(row: bytes) -> bytes:
    """The JSON that a row of packed values begins with."""
    (length,) = _read_length(row)
    return row[5 : 4 + length]


def texts(values: Sequence[str]) -> bytes:
    if not values:
        return raw(_no_array(0, 0, TEXT_OID))
    return raw(_array(1, 0, TEXT_OID, len(values), 1) + b"".join(map(text, values)))


PACKERS: dict[str, Callable[[Any], bytes]] = {
    "bigint": bigint,
    "boolean": boolean,
    "bytea": raw,
    "date": day,
    "jsonb": jsonb,
    "text": text,
    "text[]": texts,
    "timestamp with time zone": moment,
}


def packed(sql_type: str, values: Sequence[Any]) -> list[bytes]:
    """One piece of bytes a value; None is an empty one."""
    return mapped(values, PACKERS[sql_type], EMPTY)


def mapped(values: Sequence[Any], make: Callable[[Any], Any], empty: Any) -> list[Any]:
    """`make` of each value, worked out once for those that come again; `empty` for None."""
    different = set(values)
    if 2 * len(different) > len(values):
        return [empty if value is None else make(value) for value in values]
    made = {value: empty if value is None else make(value) for value in different}
    return [made[value] for value in values]


def rows_of(columns: Sequence[Iterable[bytes]]) -> list[bytes]:
    """The packed columns side by side: what follows a row's number of columns."""
    return list(map(b"".join, zip(*columns, strict=True)))
