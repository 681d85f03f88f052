"""Random measures and people: nulls, boundaries, leap days, lists and maps, and every way to write a column."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import strategies as st

from guiyan.engine.rules import (
    Catalogue,
    CompiledMeasure,
    Fact,
    Measure,
    PlacedRuleError,
    compile_measure,
    print_expr,
    screen,
    tree,
)
from guiyan.engine.rules.stacking import NO_DECISIONS, Stacking
from guiyan.engine.rules.tree import CompareOp

KINDS = ("person", "organisation")


def fact(name: str, type_: str, kinds: tuple[str, ...] = KINDS, **more: Any) -> Fact:
    return Fact.model_validate({"id": name, "label": name, "type": type_, "for": kinds, **more})


FACTS = [
    fact("a", "int", least="0", most="4"),
    fact("b", "int", least="0", most="4"),
    fact("money", "int"),
    fact("flag", "bool"),
    fact("other_flag", "bool"),
    fact("level", "code", codes={"low": "低", "middle": "中", "high": "高"}),
    fact("wanted_level", "code", codes={"low": "低", "middle": "中", "high": "高"}),
    fact("word", "text"),
    fact("other_word", "text"),
    fact("place", "region"),
    fact("home", "region"),
    fact("list", "list"),
    fact("sums", "map", unit="元"),
    fact("received", "list"),
    fact("received_yuan", "map", unit="元"),
    fact("stage", "int", least="1", most="3"),
    fact("born", "date"),
    fact("graduated", "date"),
    fact("registered", "date"),
    fact("for_person", "bool", ("person",)),
    fact("for_organisation", "bool", ("organisation",)),
    fact("age", "int", derive="full_years(born, on_day)"),
    fact("months_open", "int", derive="full_months(registered, on_day)"),
    fact("both", "int", derive="a + b"),
    fact("scaled", "int", derive="money * 100000 - a"),
    fact("five_years_on", "date", derive="years_after(graduated, 5)"),
    fact("months_later", "date", derive="months_after(graduated, a)"),
    fact("months_between", "int", derive="full_months(graduated, registered)"),
    fact("days_later", "date", derive="days_after(registered, b)"),
]
WORLD = Catalogue({each.id: each for each in FACTS})
ON = dt.date(2026, 2, 28)
DAYS = [
    dt.date(2020, 2, 29),
    dt.date(2008, 2, 28),
    dt.date(2008, 2, 29),
    dt.date(2008, 3, 1),
    dt.date(2025, 2, 28),
    dt.date(2021, 2, 28),
    dt.date(2025, 9, 1),
    dt.date(2025, 3, 1),
    dt.date(2020, 1, 31),
    dt.date(2020, 6, 30),
    dt.date(1, 1, 1),
    dt.date(9999, 12, 31),
]
PLACES = [421224107000, 421224000000, 421281000000, 110000000000]
OPS: tuple[CompareOp, ...] = ("=", "<>", "<", "<=", ">", ">=")
DOMAINS: dict[str, list[Any]] = {
    "a": [0, 1, 2, 3, 4],
    "b": [0, 1, 2, 3, 4],
    "money": [-(2**53), -1, 0, 1, 2**53],
    "flag": [True, False],
    "other_flag": [True, False],
    "level": ["low", "middle", "high"],
    "wanted_level": ["low", "middle", "high"],
    "word": ["red", "blue", "it's", "back\\slash"],
    "other_word": ["red", "blue"],
    "place": PLACES,
    "home": PLACES,
    "list": [[], ["x"], ["y"], ["x", "y"], ["other"]],
    "sums": [{}, {"x": 1}, {"x": 2}, {"y": 3}, {"x": 3, "y": 1}],
    "received": [[], ["m0"], ["m1", "other"]],
    "received_yuan": [{}, {"m0": 5}, {"m0": 20, "m1": 7}, {"other": 1}],
    "stage": [1, 2, 3],
    "born": DAYS,
    "graduated": DAYS,
    "registered": DAYS,
    "for_person": [True, False],
    "for_organisation": [True, False],
}


@st.composite
def atoms(draw: st.DrawFn) -> tree.Tree:
    """One condition; a few pairs of facts and all kinds of literals."""
    op, equal = draw(st.sampled_from(OPS)), draw(st.sampled_from(OPS[:2]))
    number, day = tree.Number(draw(st.integers(-1, 6))), tree.Text(draw(st.sampled_from(DAYS)).isoformat())
    name = tree.Name
    a, b = name("a"), name("b")
    return draw(
        st.sampled_from(
            [
                name("flag"),
                name("other_flag"),
                tree.Compare(op, a, number),
                tree.Compare(op, b, number),
                tree.Compare(op, a, b),
                tree.Compare(op, name("money"), tree.Number(draw(st.sampled_from([-(10**15), 0, 10**15])))),
                tree.Compare(op, name("money"), a),
                tree.Compare(op, name("both"), number),
                tree.Compare(op, name("scaled"), tree.Number(draw(st.sampled_from([-1, 99_999, 10**15])))),
                tree.Compare(op, name("age"), tree.Number(draw(st.integers(16, 19)))),
                tree.Compare(op, name("months_between"), number),
                tree.Compare(op, name("months_open"), number),
                tree.Compare(op, name("registered"), name("on_day")),
                tree.Compare(op, name("five_years_on"), name("on_day")),
                tree.Compare(op, name("registered"), name("five_years_on")),
                tree.Compare(op, name("registered"), name("months_later")),
                tree.Compare(op, name("days_later"), name("graduated")),
                tree.Compare(op, name("registered"), day),
                tree.Compare(op, name("graduated"), day),
                tree.Compare(op, tree.Amount("sums", "x"), number),
                tree.Compare(op, tree.Amount("sums", "x"), tree.Amount("sums", "y")),
                tree.Compare(op, name("level"), tree.Text(draw(st.sampled_from(["low", "middle", "high"])))),
                tree.Compare(op, name("level"), name("wanted_level")),
                tree.Compare(equal, name("word"), tree.Text(draw(st.sampled_from(["red", "it's", "back\\slash"])))),
                tree.Compare(equal, name("word"), name("other_word")),
                tree.Compare(equal, name("place"), name("home")),
                tree.Compare(op, a, name("limit")),
                tree.In(a, (number, tree.Number(2))),
                tree.Between(a, number, tree.Number(3)),
                tree.Has("list", draw(st.sampled_from(["x", "y"]))),
                tree.RegionIn("place", draw(st.sampled_from(["4212", "421224", "421224107"]))),
            ]
        )
    )


def joined(parts: st.SearchStrategy[tree.Tree]) -> st.SearchStrategy[tree.Tree]:
    several = st.lists(parts, min_size=2, max_size=3)
    return several.map(tree.all_of) | several.map(tree.any_of) | parts.map(tree.Not)


trees = st.recursive(atoms(), joined, max_leaves=5)


@st.composite
def benefits(draw: st.DrawFn) -> dict[str, Any]:
    """One sum, none, a range, or tiers by random rules, with payments, sums by region and what was received."""
    first, second = (print_expr(draw(trees)) for _ in range(2))
    payments = {"by": "stage", "amounts_yuan": ["5", "10", "10"]}
    tiers = [
        {"label": "一", "when": first, **draw(st.sampled_from([{"amount_yuan": "30"}, {"payments": payments}]))},
        {"label": "二", "when": second, **draw(st.sampled_from([{"amount_max_yuan": "20"}, {"amount_yuan": ":sum"}]))},
        {"label": "三", "amount_yuan": "10"},
    ]
    stated = [{"label": "一", "when": first, "payments": payments}, {"label": "三", "amount_yuan": "10"}]
    return draw(
        st.sampled_from(
            [
                {"amount_yuan": "12.50"},
                {"amount_min_yuan": "1", "amount_max_yuan": "2"},
                {},
                {"amount_yuan": ":sum"},
                {"tiers": tiers},
                {"tiers": stated, "less_received": ["m0", "m1"]},
                {"amount_yuan": "25", "less_received": ["m0"]},
            ]
        )
    )


PARAMETERS = {
    "sum": {
        "label": "标准",
        "type": "int",
        "on": "place",
        "by_region": {"421224": "40", "421224107": "50", "11": None},
        "set_by": "city",
    },
    "limit": {
        "label": "上限",
        "type": "int",
        "on": "home",
        "by_region": {"4212": "2", "421224": "3"},
        "set_by": "city",
    },
}
STACKING = Stacking.model_validate(
    {
        "caps": {
            "together": {
                "label": "封顶",
                "measures": ["m0", "m1"],
                "most_yuan": "28",
                "from": "2020-01-01",
                "set_by": "city",
                "document": "d",
            }
        }
    }
)


@st.composite
def measures(draw: st.DrawFn, most: int = 3) -> list[CompiledMeasure]:
    count = draw(st.integers(1, most))
    stacking = draw(st.sampled_from([NO_DECISIONS, STACKING]))
    return [one_measure(draw, f"m{place}", stacking) for place in range(count)]


def one_measure(draw: st.DrawFn, name: str, stacking: Stacking) -> CompiledMeasure:
    conditions = draw(st.lists(trees, min_size=1, max_size=3))
    once = draw(st.sampled_from([{}, {"once_per": "person"}]))
    try:
        return compiled(name, conditions, benefit=draw(benefits()), stacking=stacking, **once)
    except PlacedRuleError:  # rules so wide that nobody can tell whether some person is in no tier
        return compiled(name, conditions, stacking=stacking, **once)


PLAIN = {"amount_yuan": "12.50"}


def compiled(
    name: str,
    conditions: list[tree.Tree],
    kind: str = "person",
    benefit: dict[str, Any] = PLAIN,
    stacking: Stacking = NO_DECISIONS,
    later: list[dict[str, Any]] | None = None,
    **more: Any,
) -> CompiledMeasure:
    """later: what further versions say otherwise, each from a day on."""
    written = {f"c{place}": {"label": "条件", "when": print_expr(node)} for place, node in enumerate(conditions)}
    version = {
        "from": "2020-01-01",
        "parameters": PARAMETERS,
        "conditions": written,
        "benefit": {"kind": "grant", **benefit},
    }
    content = {
        "id": name,
        "title": name,
        "for": kind,
        "clause": {"document": "d", "plan": "p", "section": "s"},
        "strength": "shall",
        "versions": [version, *({**version, **each} for each in later or [])],
        **more,
    }
    return compile_measure(Measure.model_validate(content), WORLD, stacking)


@st.composite
def people(draw: st.DrawFn, most: int = 10) -> list[dict[str, Any]]:
    """Each a subject's facts; a fact not there is unknown."""
    names = [name for name in DOMAINS if name != "for_organisation"]
    known = {name: st.none() | st.sampled_from(DOMAINS[name]) for name in names}
    return draw(st.lists(st.fixed_dictionaries(known), min_size=1, max_size=most))


def written(rows: list[dict[str, Any]], path: Path, draw_variant: int = 0) -> Path:
    """The people as Parquet. Odd variants write codes as Enum, regions as text, maps as pairs, numbers narrow."""
    odd = draw_variant % 2 == 1
    types: dict[str, Any] = {
        "a": pl.Int8 if odd else pl.Int64,
        "b": pl.UInt16 if odd else pl.Int32,
        "money": pl.Int64,
        "level": pl.Enum(["low", "middle", "high"]) if odd else pl.String,
        "wanted_level": pl.Enum(["high", "middle", "low"]) if odd else pl.String,
        "word": pl.Categorical if odd else pl.String,
        "other_word": pl.String,
        "place": pl.String if odd else pl.Int64,
        "home": pl.Int64,
        "list": pl.List(pl.String),
        "sums": pl.List(pl.Struct({"key": pl.String, "value": pl.Int32}))
        if odd
        else pl.Struct({"x": pl.Int64, "y": pl.Int64}),
        "received": pl.List(pl.String),
        "received_yuan": pl.Struct({"m0": pl.Int64, "other": pl.Int32, "m1": pl.Int64}),
        "stage": pl.Int64,
    }
    types |= dict.fromkeys(("born", "graduated", "registered"), pl.Date)
    columns = {
        name: pl.Series(name, [shown(name, row.get(name), odd) for row in rows], types.get(name, pl.Boolean))
        for name in DOMAINS
        if any(name in row for row in rows)
    }
    pl.DataFrame({"subject_id": list(range(len(rows))), **columns}).write_parquet(path)
    return path


def shown(name: str, value: Any, odd: bool) -> Any:
    if value is None:
        return None
    if name == "place" and odd:
        return {421224107000: "421224107", 421224000000: "421224", 110000000000: "11"}.get(value, str(value))
    if name == "home" and value == 421224000000:
        return 421224
    if name == "sums" and odd:
        return [{"key": key, "value": amount} for key, amount in value.items()]
    return value


Row = tuple[int, str, str, int | None, tuple[str, ...]]


def expected(
    measures: list[CompiledMeasure], rows: list[dict[str, Any]], kind: str = "person", on: dt.date = ON
) -> set[Row]:
    """By the closures of one person, each apart."""
    return {
        (number, found.id, found.verdict, found.amount_max_fen, found.missing)
        for number, row in enumerate(rows)
        for found in screen(measures, {k: v for k, v in row.items() if v is not None}, on=on, kind=kind)
        if found.verdict in ("yes", "unknown")
    }


def read_rows(path: Path) -> set[Row]:
    return {(row[0], row[1], row[2], row[3], tuple(row[4])) for row in pl.read_parquet(path).iter_rows()}
