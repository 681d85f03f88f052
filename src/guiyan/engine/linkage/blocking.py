"""Which pairs are looked at: those of one verified number first, then those that share a key few enough people have.

Everything is done in parts, so that memory is bounded by a part: keys by what they are, pairs by the left person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guiyan.engine.linkage.preparing import Told
from guiyan.engine.linkage.rows import PREPARED
from guiyan.engine.linkage.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS_IN_PART = 500_000  # of the known, whose keys are followed together
# The name is the same, whatever its script, order or accent: then an equal number settles who it is.
SAME_NAME = "(l.near = r.near OR l.former_near = r.near OR l.near = r.former_near)"


def collect_pairs(connection: DuckDBPyConnection, settings: Settings, parts: int, told: Told) -> int:
    """Tables `people` (row and PREPARED of both sides) and `pairs` (l, r, part). How many pairs there are, before
    those that share several keys are counted once. Needs views `left_side` and `right_side`."""
    columns = ", ".join(("row", *PREPARED))
    connection.execute(
        f"CREATE TABLE people AS SELECT {columns} FROM left_side UNION ALL SELECT {columns} FROM right_side"
    )
    connection.execute("CREATE TABLE pairs (l INTEGER, r INTEGER, part UTINYINT)")
    numbers = (
        f"SELECT id_number FROM right_side WHERE id_number IS NOT NULL GROUP BY 1 HAVING count(*) <= {settings.most}"
    )
    of_number = "FROM left_side l JOIN right_side r USING (id_number) "
    of_number += f"SEMI JOIN ({numbers}) USING (id_number)"
    connection.execute(f"CREATE TABLE settled AS SELECT DISTINCT l.row AS l {of_number} WHERE {SAME_NAME}")
    connection.execute(f"INSERT INTO pairs SELECT l.row, r.row, -l.row % {parts} {of_number}")
    known = connection.execute("SELECT count(*) FROM right_side").fetchone()
    key_parts = 1 + (known[0] if known else 0) // ROWS_IN_PART
    for part in range(key_parts):
        _follow_keys(connection, settings.most, f"abs(key % {key_parts}) = {part}", parts)
        told(f"keys: part {part + 1} of {key_parts}")
    found = connection.execute("SELECT count(*) FROM pairs").fetchone()
    return int(found[0]) if found else 0


def _follow_keys(connection: DuckDBPyConnection, most: int, here: str, parts: int) -> None:
    """here: SQL that says which keys. Whoever was found by the number is looked for no further."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE left_keys AS
        SELECT key, row FROM (SELECT row, unnest(keys) AS key FROM left_side ANTI JOIN settled ON settled.l = row)
        WHERE {here}"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE right_keys AS
        SELECT key, list(row) AS rows FROM (SELECT row, unnest(keys) AS key FROM right_side)
        SEMI JOIN left_keys USING (key) WHERE {here} GROUP BY key HAVING count(*) <= {most}"""
    )
    connection.execute(
        f"""INSERT INTO pairs SELECT l.row, unnest(r.rows), -l.row % {parts}
        FROM left_keys l JOIN right_keys r USING (key)"""
    )


def pairs_of(part: int) -> str:
    """SQL: the pairs of one part as Splink takes them. Two different verified numbers are two people."""
    return f"""
        SELECT '0' AS match_key, l AS join_key_l, r AS join_key_r
        FROM (SELECT DISTINCT l, r FROM pairs WHERE part = {part}) p
        JOIN people a ON a.row = p.l JOIN people b ON b.row = p.r
        WHERE NOT coalesce(a.id_number <> b.id_number, false)"""
