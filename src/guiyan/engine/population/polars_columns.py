"""The columns of a plan in Polars: values, questions and three-valued verdicts, each computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from guiyan.engine.population.facts_file import KIND, SUBJECT, FactsFile
from guiyan.engine.population.plan import Plan, PlannedMeasure, Question
from guiyan.engine.population.polars_terms import asked, condition
from guiyan.engine.population.polars_values import Value, value_of
from guiyan.engine.rules.core import Core, Variable

ALWAYS = pl.col(SUBJECT).is_not_null()


@dataclass(frozen=True, eq=False)
class Columns:
    """v0, v1…: variables; a0, a1…: questions, true, false or null; is_person…: whose kind the row is."""

    plan: Plan
    file: FactsFile

    @cached_property
    def values(self) -> Mapping[Variable, Value]:
        found = {variable: value_of(variable, self.file) for variable in self.plan.variables}
        names = self.value_names
        return {each: Value(pl.col(names[each]), value.dtype, value.shift) for each, value in found.items()}

    @cached_property
    def value_names(self) -> dict[Variable, str]:
        return {variable: f"v{place}" for place, variable in enumerate(self.plan.variables)}

    def names(self, questions: Mapping[Core, Question]) -> dict[Core, str]:
        """The columns of the answers."""
        return {atom: f"a{self.plan.questions[question]}" for atom, question in questions.items()}

    def frame(self) -> pl.LazyFrame:
        """One row a subject with all of these columns; what a query doesn't ask for is never read."""
        values = [value_of(each, self.file).expr.alias(name) for each, name in self.value_names.items()]
        answers = [asked(question, self.values).alias(f"a{place}") for question, place in self.plan.questions.items()]
        return self.file.scan().with_columns(*values, *self.kinds()).with_columns(*answers)

    def kinds(self) -> list[pl.Expr]:
        """Whether each row is of a kind, where the file has several."""
        if self.file.kind is not None:
            return []
        return [self.is_of(kind).alias(f"is_{kind}") for kind in {measure.kind for measure in self.plan.measures}]

    def is_of(self, kind: str) -> pl.Expr:
        if self.file.tells_kind:
            return pl.col(KIND).cast(pl.String) == kind
        own = [pl.col(name).is_not_null() for name in self.file.facts_only_of(kind)]
        return pl.any_horizontal(own) if own else ~ALWAYS

    def verdict(self, measure: PlannedMeasure) -> pl.Expr:
        """By three values alone: null where a fact is missing that may matter."""
        found = condition(measure.core, self.names(measure.questions), ALWAYS)
        return found if self.file.kind is not None else pl.col(f"is_{measure.kind}") & found
