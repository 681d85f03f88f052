"""How common values are among the known: agreeing on 张伟 says less than agreeing on a rare name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

ENOUGH = 100_000


@dataclass(frozen=True)
class Frequencies:
    """shares: column → value → its share; rare values are not in it. people: of how many known people they are."""

    shares: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    people: int = 0

    @property
    def tell_rarity(self) -> bool:
        """Whether a name that isn't in the table is rare, or the register is just too small to say."""
        return self.people >= ENOUGH

    def share(self, column: str, value: int | None) -> float | None:
        return None if value is None else self.shares.get(column, {}).get(value)

    def table(self, column: str) -> pl.DataFrame:
        """`<column>` and `tf_<column>`, as Splink takes it."""
        found = self.shares.get(column, {})
        schema = {column: pl.Int64(), f"tf_{column}": pl.Float64()}
        return pl.DataFrame([list(found), list(found.values())], schema=schema)


def counting(column: str, rare: float, of: int, people: str) -> str:
    """SQL: value and share of what more than a `rare` share of `people` (a table) have; of `of` people at least."""
    return f"""
        WITH counted AS (SELECT {column} AS value, count(*) AS people FROM {people}
             WHERE {column} IS NOT NULL GROUP BY 1),
             known AS (SELECT greatest(sum(people), {of}) AS people FROM counted)
        SELECT value, counted.people / known.people::DOUBLE AS share FROM counted, known
        WHERE counted.people / known.people::DOUBLE > {rare!r}"""
