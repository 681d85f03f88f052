"""A plan as SQL: values, questions, three-valued verdicts and the keys by which outcomes are settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from guiyan.engine.population.exactness import sides
from guiyan.engine.population.facts_file import SUBJECT, FactsFile
from guiyan.engine.population.keys import LEFT, RIGHT, UNKNOWN, Digit, Key, Value
from guiyan.engine.population.plan import Outcome, Plan, PlannedMeasure, Question
from guiyan.engine.population.sql_dialects import Dialect
from guiyan.engine.population.sql_terms import asked, condition
from guiyan.engine.population.sql_values import is_of, sql_type, value_of
from guiyan.engine.rules.core import Core, Test, Variable

Row = Sequence[Value]


@dataclass(frozen=True, eq=False)
class SqlPlan:
    """source: what FROM reads. maps: columns of type MAP."""

    plan: Plan
    file: FactsFile
    dialect: Dialect
    source: str
    maps: frozenset[str] = frozenset()

    @cached_property
    def values(self) -> dict[Variable, str]:
        return {variable: f"v{place}" for place, variable in enumerate(self.plan.variables)}

    def names(self, questions: Mapping[Core, Question]) -> dict[Core, str]:
        return {atom: f"a{self.plan.questions[question]}" for atom, question in questions.items()}

    def answers(self, measures: Iterable[PlannedMeasure]) -> str:
        """One row a subject with the values and the answers to the questions of these measures."""
        measures = list(measures)
        known = dict.fromkeys(variable for measure in measures for variable in measure.variables())
        needed = dict.fromkeys(
            question
            for measure in measures
            for question in (*measure.questions.values(), *measure.amount_questions.values())
        )
        values = [
            f"{value_of(variable, self.file, self.dialect, self.maps)} AS {self.values[variable]}" for variable in known
        ]
        kinds = [] if self.file.kind is not None else sorted({measure.kind for measure in measures})
        values += [f"{is_of(kind, self.file, self.dialect)} AS is_{kind}" for kind in kinds]
        inner = f"SELECT {', '.join([SUBJECT, *values])} FROM {self.source}"
        found = [f"{asked(each, self.values, self.dialect)} AS a{self.plan.questions[each]}" for each in needed]
        return f"SELECT {', '.join(['*', *found])} FROM ({inner}) AS facts"

    def verdict(self, measure: PlannedMeasure) -> str:
        found = condition(measure.core, self.names(measure.questions))
        return found if self.file.kind is not None else f"(is_{measure.kind} AND {found})"

    def counts(self) -> str:
        """Two columns a measure: yes, and unknown by three values alone."""
        places = range(len(self.plan.measures))
        verdicts = [f"{self.verdict(measure)} AS m{place}" for place, measure in enumerate(self.plan.measures)]
        inner = f"SELECT {', '.join(verdicts)} FROM ({self.answers(self.plan.measures)}) AS answers"
        sums = [
            f"count(CASE WHEN m{place} THEN 1 END), count(CASE WHEN m{place} IS NULL THEN 1 END)" for place in places
        ]
        return f"SELECT {', '.join(sums)} FROM ({inner}) AS found"

    def keyed(self, measure: PlannedMeasure) -> str:
        """Who meets or may meet one measure: subject, verdict, key. The verdict's own key is for the unknown only."""
        own = [
            f"CASE WHEN ({self.verdict(measure)}) IS NULL THEN {each} END"
            for each in self.key_sql(measure.key, self.names(measure.questions))
        ]
        amount = self.key_sql(measure.amount_key, self.names(measure.amount_questions))
        keys = [f"{each} AS k{place}" for place, each in enumerate([*own, *amount])]
        columns = ", ".join([SUBJECT, f"{self.verdict(measure)} AS verdict", *keys])
        inner = f"SELECT {columns} FROM ({self.answers([measure])}) AS answers"
        return f"SELECT * FROM ({inner}) AS every WHERE verdict IS NULL OR verdict"

    def keys(self, measure: PlannedMeasure) -> str:
        """Each verdict and key once, with how many have it."""
        names = ", ".join(name for name, _ in self.key_columns(measure))
        return f"SELECT {names}, count(*) FROM ({self.keyed(measure)}) AS keyed GROUP BY {names}"

    def key_columns(self, measure: PlannedMeasure) -> list[tuple[str, str]]:
        """Name and type of the verdict and each column of the keys."""
        types = [
            type_
            for key in (measure.key, measure.amount_key)
            for type_ in (*("BIGINT" for _ in key.words), *(sql_type(each, self.dialect) for each in key.valued))
        ]
        return [("verdict", "BOOLEAN"), *((f"k{place}", type_) for place, type_ in enumerate(types))]

    def key_sql(self, key: Key, names: Mapping[Core, str]) -> Iterator[str]:
        for word in key.words:
            digits = (f"CAST({3**place} AS BIGINT) * {self.digit(digit, names)}" for place, digit in enumerate(word))
            yield f"({' + '.join(digits)})"
        for variable, tests in key.raw.items():
            open_ = " OR ".join(f"{names[test]} IS NULL" for test in tests)
            yield f"CASE WHEN {open_} THEN {self.values[variable]} END"
        for variable in key.always:
            yield self.values[variable]

    def digit(self, digit: Digit, names: Mapping[Core, str]) -> str:
        answer = names[digit.atom]
        if digit.of == "answer":
            return f"CASE WHEN {answer} THEN 1 WHEN NOT {answer} THEN 0 ELSE {UNKNOWN} END"
        assert isinstance(digit.atom, Test)
        left, right = (self.values[side[0]] for side in sides(digit.atom))
        return (
            f"CASE WHEN {answer} IS NULL AND {left} IS NULL AND {right} IS NOT NULL THEN {LEFT} "
            f"WHEN {answer} IS NULL AND {right} IS NULL AND {left} IS NOT NULL THEN {RIGHT} ELSE 0 END"
        )

    def rows(self, measure: PlannedMeasure, judged: str) -> str:
        """The rows of one measure as they are written; `judged`: the table of its keys and outcomes."""
        on = [f"keyed.{name} {self.dialect.same} judged.{name}" for name, _ in self.key_columns(measure)]
        columns = [
            SUBJECT,
            f"{self.dialect.quoted(measure.id)} AS measure_id",
            "CASE WHEN judged.decided THEN 'yes' ELSE 'unknown' END AS verdict",
            "judged.amount_max_fen",
            "judged.missing",
        ]
        return (
            f"SELECT {', '.join(columns)} FROM ({self.keyed(measure)}) AS keyed "
            f"JOIN {judged} AS judged ON {' AND '.join(on)} WHERE judged.decided IS NULL OR judged.decided"
        )

    def no_rows(self) -> str:
        none, texts = self.dialect.quoted(""), self.dialect.texts(())
        return (
            f"SELECT {SUBJECT}, {none} AS measure_id, {none} AS verdict, CAST(NULL AS BIGINT) AS amount_max_fen, "
            f"{texts} AS missing FROM {self.source} WHERE FALSE"
        )


def outcome_of(measure: PlannedMeasure, key: Row) -> Outcome:
    verdict, *values = key
    width = measure.key.width
    return measure.outcome(None if verdict is None else bool(verdict), values[:width], values[width:])


def literal_row(dialect: Dialect, measure: PlannedMeasure, key: Row) -> str:
    """Key and outcome as SQL literals in brackets."""
    found = outcome_of(measure, key)
    values = [*map(dialect.literal, (*key, found.decided, found.amount_fen)), dialect.texts(found.missing)]
    return f"({', '.join(values)})"
