"""What a what-if found, as pages, paper and sheets tell it: rows with names; sums of what is alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from guiyan.accounts.queries import region_names
from guiyan.engine.population.together import ALL
from guiyan.insights.snapshot.kept import COUNTY
from guiyan.insights.whatif.computing import AGE, MONTH
from guiyan.insights.whatif.question import GIVEN, Sides, sides_of_run
from guiyan.insights.whatif.small import without_small
from guiyan.outreach.models import WhatIfRun
from guiyan.packs import Pack

Money = Literal["given", "loan", ""]
MONTHS_SHOWN = 12
EARLIER, FEW_TOGETHER = "更早", "人数少的合并"


@dataclass(frozen=True)
class Row:
    """One group of people. came, left: who meets the changed rule alone, and today's alone."""

    group: str | None
    label: str
    before: int = 0
    after: int = 0
    came: int = 0
    left: int = 0
    unknown_before: int = 0
    unknown_after: int = 0
    fen_before: int = 0
    fen_after: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        return self.before, self.after, self.came, self.left

    @property
    def nobody(self) -> bool:
        return not any((*self.counts, self.unknown_before, self.unknown_after))

    @property
    def more(self) -> int:
        return self.after - self.before

    @property
    def fen_more(self) -> int:
        return self.fen_after - self.fen_before


SUMS = ("before", "after", "came", "left", "unknown_before", "unknown_after", "fen_before", "fen_after")
COLUMNS = (
    "before_people", "after_people", "people_in", "people_out", "before_unknown", "after_unknown", "before_fen",
    "after_fen",
)  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A fact that verdicts wait for, today and with the change."""

    fact: str
    label: str
    source: str
    before: int
    after: int


@dataclass(frozen=True)
class MeasureAnswer:
    """One measure, or all of them together (id `ALL`). money: what its sums are; empty where none is stated.

    months: empty where the conditions ask for no day.
    """

    id: str
    title: str
    clause: str
    money: Money
    total: Row
    counties: Sequence[Row]
    ages: Sequence[Row]
    months: Sequence[Row] = ()
    waiting: Sequence[Waiting] = ()
    open_conditions: Sequence[str] = ()


@dataclass(frozen=True)
class Answer:
    """merged: whether small groups were put together for this reader."""

    measures: Sequence[MeasureAnswer]
    together: MeasureAnswer | None
    merged: bool


def answer_of(run: WhatIfRun, *, exact: bool) -> Answer:
    """What a computed run found. exact: whether the reader may see groups of one and two people."""
    pack, sides = sides_of_run(run)
    tables = run.tables["tables"]
    names = region_names({int(row["group"]) for row in tables[COUNTY]})
    reader = Reader(run, pack, sides, tables, names, exact)
    together = reader.measure(ALL) if len(sides.together.measures) > 1 else None
    return Answer([reader.measure(name) for name in run.measures], together, not exact)


@dataclass(frozen=True)
class Reader:
    run: WhatIfRun
    pack: Pack
    sides: Sides
    tables: Mapping[str, list[dict[str, Any]]]
    names: Mapping[int, str]
    exact: bool

    def measure(self, name: str) -> MeasureAnswer:
        measure = self.pack.measures.get(name)
        return MeasureAnswer(
            id=name,
            title=measure.title if measure else "几项合计",
            clause=self.pack.clause_words(measure.clause) if measure else "",
            money=self.money(name),
            total=next(iter(self.rows("all", name)), Row(None, "合计")),
            counties=self.shown(sorted(self.rows(COUNTY, name), key=self.city_last)),
            ages=self.shown([row for row in sorted(self.rows(AGE, name), key=by_first_year) if not row.nobody]),
            months=self.shown(self.months(name)),
            waiting=self.waiting(name),
            open_conditions=measure.open_conditions if measure else (),
        )

    def rows(self, table: str, name: str) -> list[Row]:
        return [
            Row(row["group"], self.label(table, row["group"]), *(row[column] for column in COLUMNS))
            for row in self.tables[table]
            if row["measure_id"] == name
        ]

    def city_last(self, row: Row) -> tuple[bool, int]:
        """Counties by code, who lives in none of them last."""
        code = int(row.group or 0)
        return code == self.pack.city.region, code

    def label(self, table: str, group: str | None) -> str:
        if table == COUNTY:
            code = int(group or 0)
            return "没有登记到县" if code == self.pack.city.region else self.names.get(code, str(code))
        if table == AGE:
            return age_words(group)
        return month_words(group) if table == MONTH else "合计"

    def shown(self, rows: Sequence[Row]) -> list[Row]:
        return list(rows) if self.exact else without_small(rows, lambda some: summed(some, FEW_TOGETHER))

    def months(self, name: str) -> list[Row]:
        rows = [row for row in self.rows(MONTH, name) if not row.nobody]
        dated = [row for row in rows if row.group is not None]
        if not dated:
            return []
        earlier = [summed(dated[:-MONTHS_SHOWN], EARLIER)] if len(dated) > MONTHS_SHOWN else []
        return [*earlier, *dated[-MONTHS_SHOWN:], *(row for row in rows if row.group is None)]

    def money(self, name: str) -> Money:
        plans = [*self.sides.before.measures, *self.sides.after.measures]
        ids = self.sides.together.measures if name == ALL else (name,)
        if not any(one.states_money for one in plans if one.id in ids):
            return ""
        version = self.pack.compiled[ids[0]].version_on(self.run.day)
        return "given" if version is not None and version.source.benefit.kind in GIVEN else "loan"

    def waiting(self, name: str) -> list[Waiting]:
        found = self.run.tables.get("waiting", {})
        before, after = (found.get(side, {}).get(name, {}) for side in ("before", "after"))
        rows = [
            Waiting(
                fact, self.pack.facts[fact].label, self.pack.facts[fact].source, before.get(fact, 0), after.get(fact, 0)
            )
            for fact in {**before, **after}
        ]
        return sorted(rows, key=lambda row: (-max(row.before, row.after), row.fact))


def summed(rows: Sequence[Row], label: str) -> Row:
    return replace(Row(None, label), **{name: sum(getattr(row, name) for row in rows) for name in SUMS})


def by_first_year(row: Row) -> tuple[int, int]:
    """–17 first, 66– last, who has no age behind them."""
    if row.group is None:
        return 1, 0
    return 0, int(row.group.partition("–")[0] or -1)


def age_words(group: str | None) -> str:
    """18—25岁；17岁以下；66岁以上；年龄不详."""
    if group is None:
        return "年龄不详"
    low, _, high = group.partition("–")
    return f"{low}—{high}岁" if low and high else f"{low}岁以上" if low else f"{high}岁以下"


def month_words(group: str | None) -> str:
    return f"{group[:4]}年{int(group[4:])}月" if group else "看不出月份"
