"""What DuckDB and Spark SQL spell differently. Days are ordinals, and each engine's own calendar computes with them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from guiyan.engine.rules.dates import LAST_DAY

FIRST = "DATE '0001-01-01'"
MOST_MONTHS, MOST_YEARS = 12 * 10_000, 10_000


class Dialect(ABC):
    """Pieces of SQL from pieces of SQL."""

    wide: str  # the type of whole numbers of more than 64 bits
    text: str
    divide: str  # of whole numbers without remainder
    same: str  # equal, or both null

    def quoted(self, text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    def literal(self, value: bool | int | str | None) -> str:
        if value is None:
            return "NULL"
        return self.quoted(value) if isinstance(value, str) else str(value).upper()

    def name(self, column: str) -> str:
        return '"' + column.replace('"', '""') + '"'

    @abstractmethod
    def ordinal(self, date: str) -> str: ...

    @abstractmethod
    def date(self, ordinal: str) -> str: ...

    @abstractmethod
    def add_months(self, date: str, months: str) -> str: ...

    @abstractmethod
    def holds(self, texts: str, key: str) -> str: ...

    @abstractmethod
    def texts(self, values: Sequence[str]) -> str: ...

    @abstractmethod
    def first_amount(self, entries: str, key_field: str, amount_field: str, key: str) -> str:
        """The amount of the first entry with this key, null if there is none."""

    def field(self, struct: str, name: str) -> str:
        return f"{struct}.{self.name(name)}"

    def months_after(self, day: str, months: str) -> str:
        limited = f"CAST(greatest(least({months}, {MOST_MONTHS}), -{MOST_MONTHS}) AS INT)"
        moved = self.within(self.ordinal(self.add_months(self.date(day), limited)))
        return f"CASE WHEN {day} IS NOT NULL AND {months} IS NOT NULL THEN {moved} END"

    def years_after(self, day: str, years: str) -> str:
        return self.months_after(day, f"(12 * greatest(least({years}, {MOST_YEARS}), -{MOST_YEARS}))")

    def days_after(self, day: str, days: str) -> str:
        # `least` and `greatest` pass over nulls; the calendar's ends must not come out of an unknown day.
        return f"CASE WHEN {day} IS NOT NULL AND {days} IS NOT NULL THEN {self.within(f'({day} + {days})')} END"

    def within(self, day: str) -> str:
        return f"CAST(greatest(least({day}, {LAST_DAY}), 1) AS BIGINT)"

    def full_months(self, start: str, end: str) -> str:
        first, last = self.date(start), self.date(end)
        months = f"((year({last}) - year({first})) * 12 + month({last}) - month({first}))"
        reached = f"day({first}) <= day({last}) OR {last} = last_day({last})"
        return f"CAST({months} - CASE WHEN {reached} THEN 0 ELSE 1 END AS BIGINT)"

    def full_years(self, start: str, end: str) -> str:
        months = self.full_months(start, end)
        remainder = f"((({months}) % 12 + 12) % 12)"
        return f"(({months} - {remainder}) {self.divide} 12)"

    def computed(self, function: str, one: str, two: str) -> str:
        if function in ("+", "-", "*"):
            return f"({one} {function} {two})"
        found: str = getattr(self, function)(one, two)
        return f"({found})"


class DuckDB(Dialect):
    wide, text, divide, same = "HUGEINT", "VARCHAR", "//", "IS NOT DISTINCT FROM"

    def ordinal(self, date: str) -> str:
        return f"(({date}) - {FIRST} + 1)"

    def date(self, ordinal: str) -> str:
        return f"({FIRST} + CAST({ordinal} - 1 AS INT))"

    def add_months(self, date: str, months: str) -> str:
        return f"CAST({date} + to_months({months}) AS DATE)"

    def holds(self, texts: str, key: str) -> str:
        return f"list_contains(CAST({texts} AS VARCHAR[]), {self.quoted(key)})"

    def texts(self, values: Sequence[str]) -> str:
        return f"CAST([{', '.join(map(self.quoted, values))}] AS VARCHAR[])"

    def first_amount(self, entries: str, key_field: str, amount_field: str, key: str) -> str:
        own = f"lambda x: {self.field('x', key_field)} = {self.quoted(key)}"
        return (
            f"list_extract(list_transform(list_filter({entries}, {own}), lambda x: {self.field('x', amount_field)}), 1)"
        )


class Spark(Dialect):
    wide, text, divide, same = "DECIMAL(38,0)", "STRING", "DIV", "<=>"

    def quoted(self, text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def name(self, column: str) -> str:
        return "`" + column.replace("`", "``") + "`"

    def ordinal(self, date: str) -> str:
        return f"(CAST(datediff({date}, {FIRST}) AS BIGINT) + 1)"

    def date(self, ordinal: str) -> str:
        return f"date_add({FIRST}, CAST({ordinal} - 1 AS INT))"

    def add_months(self, date: str, months: str) -> str:
        return f"add_months({date}, {months})"

    def holds(self, texts: str, key: str) -> str:
        return f"array_contains({texts}, {self.quoted(key)})"

    def texts(self, values: Sequence[str]) -> str:
        return f"CAST(array({', '.join(map(self.quoted, values))}) AS ARRAY<STRING>)"

    def first_amount(self, entries: str, key_field: str, amount_field: str, key: str) -> str:
        own = f"x -> {self.field('x', key_field)} = {self.quoted(key)}"
        return f"get(transform(filter({entries}, {own}), x -> {self.field('x', amount_field)}), 0)"
