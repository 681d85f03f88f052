"""Values packed for COPY arrive in the database as what they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from guiyan.registers.writing import packing
from guiyan.registers.writing.fresh import stage_packed

VALUES: dict[str, list[Any]] = {
    "bigint": [0, 1, -1, 421224107206, 2**63 - 1, -(2**63)],
    "boolean": [True, False],
    "bytea": [b"", b"\0\xff", bytes(range(256))],
    "date": [date(1, 1, 1), date(1999, 12, 31), date(2000, 1, 1), date(2026, 2, 28), date(9999, 12, 31)],
    "text": ["", "刘春燕", 'a\t"\\\n', "𠮷", "示例"],
    "text[]": [[], ["funds"], ["资金", "", 'a,"b"', "{}", "NULL"]],
    "timestamp with time zone": [
        datetime(1999, 12, 31, 23, 59, tzinfo=UTC),
        datetime(2026, 3, 18, 9, 30, 1, 7, tzinfo=UTC),
        datetime(1900, 1, 1, tzinfo=UTC),
    ],
}


@pytest.mark.usefixtures("scoped_db")
@pytest.mark.parametrize("sql_type", [*VALUES, "jsonb"])
def test_what_is_packed_arrives(sql_type: str) -> None:
    values = VALUES.get(sql_type, [b'{"name": "\xe5\x88\x98", "n": 7}', b"{}"])
    column = [*values, None, *values]
    rows = iter(
        [
            b"\0\2" + b"".join(pair)
            for pair in zip(
                packing.packed("bigint", range(len(column))),
                packing.packed(sql_type, list(map(hashable, column))),
                strict=True,
            )
        ]
    )
    stage_packed([("n", "bigint"), ("value", sql_type)], rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM pg_temp.stage_fresh ORDER BY n")
        found = [row[0] for row in cursor.fetchall()]
        if sql_type == "jsonb":
            cursor.execute("SELECT array_agg(value::text) FROM (SELECT %s::jsonb AS value) x", [values[0].decode()])
            assert found[0] == cursor.fetchone()[0][0]
        else:
            assert [bytes(one) if isinstance(one, memoryview) else one for one in found] == column


def hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
