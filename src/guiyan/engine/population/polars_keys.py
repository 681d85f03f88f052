"""Outcomes settled by key in Polars: each distinct key is judged once, however many people have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock

import polars as pl

from guiyan.engine.population.exactness import sides
from guiyan.engine.population.keys import LEFT, RIGHT, UNKNOWN, Digit, Key
from guiyan.engine.population.plan import PlannedMeasure
from guiyan.engine.population.polars_columns import Columns
from guiyan.engine.population.polars_terms import term
from guiyan.engine.rules.core import Core, Test, Variable

MOST_KEYS = 200_000  # remembered at a time; more are judged anew
VERDICT, DECIDED, AMOUNT, MISSING = "verdict", "decided", "amount_max_fen", "missing"
JUDGED = {DECIDED: pl.Boolean(), AMOUNT: pl.Int64(), MISSING: pl.List(pl.String)}


class Settler:
    """Outcomes of the rows of one measure whose verdict isn't no. Safe in several threads."""

    def __init__(self, measure: PlannedMeasure, columns: Columns) -> None:
        self.measure, self.columns = measure, columns
        own = list(key_exprs(measure.key, columns, columns.names(measure.questions)))
        amount = list(key_exprs(measure.amount_key, columns, columns.names(measure.amount_questions)))
        unknown = pl.col(VERDICT).is_null()
        exprs = [*(pl.when(unknown).then(expr) for expr in own), *amount]
        self.exprs = [expr.alias(f"k{place}") for place, expr in enumerate(exprs)]
        self.keys = [VERDICT, *(f"k{place}" for place, _ in enumerate(exprs))]
        self.judged: pl.DataFrame | None = None
        self.lock = Lock()

    @property
    def needs(self) -> list[str]:
        """The columns that verdict and keys are made of."""
        measure, names = self.measure, self.columns.names
        pairs = [variable for digit in measure.key.digits if digit.of == "side" for variable in both(digit)]
        variables = dict.fromkeys([*pairs, *measure.key.valued, *measure.amount_key.valued])
        asked = [*names(measure.questions).values(), *names(measure.amount_questions).values()]
        return list(dict.fromkeys([*asked, *(self.columns.value_names[variable] for variable in variables)]))

    def settled(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows, in their order, with decided (true, false, null), amount and missing (list of facts)."""
        keyed = rows.with_columns(self.exprs)
        judged = self.judge(keyed.select(self.keys).unique())
        return keyed.join(judged, on=self.keys, how="left", nulls_equal=True, maintain_order="left")

    def judge(self, keys: pl.DataFrame) -> pl.DataFrame:
        with self.lock:
            if self.judged is None:
                self.judged = self.table(keys)
                return self.judged
            fresh = keys.join(self.judged, on=self.keys, how="anti", nulls_equal=True)
            if fresh.height:
                if self.judged.height > MOST_KEYS:
                    self.judged = self.judged.join(keys, on=self.keys, how="semi", nulls_equal=True)
                self.judged = pl.concat([self.judged, self.table(fresh)])
            return self.judged

    def table(self, keys: pl.DataFrame) -> pl.DataFrame:
        width = self.measure.key.width
        found = [self.measure.outcome(row[0], row[1 : 1 + width], row[1 + width :]) for row in keys.iter_rows()]
        return keys.with_columns(
            pl.Series(DECIDED, [each.decided for each in found], JUDGED[DECIDED]),
            pl.Series(AMOUNT, [each.amount_fen for each in found], JUDGED[AMOUNT]),
            pl.Series(MISSING, [list(each.missing) for each in found], JUDGED[MISSING]),
        )


def both(digit: Digit) -> list[Variable]:
    assert isinstance(digit.atom, Test)
    left, right = sides(digit.atom)
    return [*left, *right]


def key_exprs(key: Key, columns: Columns, names: Mapping[Core, str]) -> Iterator[pl.Expr]:
    """Words, then values."""
    for word in key.words:
        digits = (digit(each, columns, names).cast(pl.Int64) * 3**place for place, each in enumerate(word))
        yield pl.sum_horizontal(digits)
    for variable, tests in key.raw.items():
        open_ = pl.any_horizontal(pl.col(names[test]).is_null() for test in tests)
        yield pl.when(open_).then(term(variable, columns.values))
    for variable in key.always:
        yield term(variable, columns.values)


def digit(each: Digit, columns: Columns, names: Mapping[Core, str]) -> pl.Expr:
    answer = pl.col(names[each.atom])
    if each.of == "answer":
        return answer.cast(pl.Int8).fill_null(UNKNOWN)
    left, right = (columns.values[variable].expr.is_null() for variable in both(each))
    one_side = pl.when(left & ~right).then(LEFT).when(right & ~left).then(RIGHT).otherwise(0)
    return pl.when(answer.is_null()).then(one_side).otherwise(0)
