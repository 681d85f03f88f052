"""Screening one subject: verdicts with their reasons, amounts, what is missing, and until when they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from guiyan.engine.rules.catalogue import Facts, Value
from guiyan.engine.rules.compiled import CompiledMeasure, CompiledVersion, Reason
from guiyan.engine.rules.core import Known, Variable
from guiyan.engine.rules.knowing import readable, values_of
from guiyan.engine.rules.model import Clause, Verdict
from guiyan.engine.rules.paid import Paid, overall, paid
from guiyan.engine.rules.questions import Undecided
from guiyan.engine.rules.until import Standing, valid_until


@dataclass(frozen=True)
class ScreenResult:
    """A verdict with its reasons.

    amount_…_fen, rate_percent: what is paid, the least and the most while facts are missing; None: not stated.
    missing, amount_missing: facts of which some value would change the verdict, or what is paid.
    valid_until: the last day on which all of this stays so if no fact changes; None: for ever.
    unpublished: the document gives a sum and does not say which. tier: the one that it is.
    """

    id: str
    title: str
    verdict: Verdict
    amount_max_fen: int | None
    amount_min_fen: int | None
    rate_percent: Decimal | None
    missing: tuple[str, ...]
    amount_missing: tuple[str, ...]
    unpublished: bool
    tier: str
    open_conditions: tuple[str, ...]
    strength: str
    payer: str | None
    reasons: tuple[Reason, ...]
    clause: Clause
    version_from: dt.date | None
    valid_until: dt.date | None
    undecided: Undecided | None = field(default=None, compare=False, repr=False)


def screen(
    measures: Iterable[CompiledMeasure],
    facts: Facts,
    *,
    on: dt.date,
    kind: str,
    assume_none_received: bool = False,
) -> list[ScreenResult]:
    """Every measure for this kind of subject. Facts not given are unknown; wrong facts raise FactError by name.

    assume_none_received: `received` and `received_yuan` not given mean "none known" (the public screening page only).
    """
    found: list[ScreenResult] = []
    subjects: dict[int, Subject] = {}
    for measure in measures:
        if measure.measure.kind == kind:
            subject = subjects.get(id(measure.catalogue))
            if subject is None:
                subject = Subject(readable(measure.catalogue, facts, assume_none_received))
                subjects[id(measure.catalogue)] = subject
            found.append(asked(measure, subject, on))
    return found


def screen_one(compiled: CompiledMeasure, values: Mapping[str, Value], on: dt.date) -> ScreenResult:
    return asked(compiled, Subject(values), on)


class Subject:
    """Whom measures are asked about: what is given, and which variables are known from it, worked out once for all."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self.known: dict[Variable, int | str | bool] = {}
        self.looked_at: set[int] = set()

    def knows(self, variables: tuple[Variable, ...]) -> Known:
        """Variables are the same objects everywhere (`the_same`), so that their identity tells them apart."""
        fresh = [variable for variable in variables if id(variable) not in self.looked_at]
        if fresh:
            self.looked_at.update(map(id, fresh))
            self.known.update(values_of(fresh, self.values))
        return self.known


def asked(compiled: CompiledMeasure, subject: Subject, on: dt.date) -> ScreenResult:
    version = compiled.version_on(on)
    if version is None:
        start = compiled.versions[0].source.valid_from
        return out_of_force(compiled, compiled.versions[0], subject, on, "no", f"{words_of(start)}起施行")
    if version.ended_on(on):
        assert version.source.valid_to is not None
        return out_of_force(compiled, version, subject, on, "expired", f"{words_of(version.source.valid_to)}到期")
    ready = version.on(on)
    known = subject.knows(ready.all_asks)
    sums = ready.plainly or paid(ready.amounts, known)
    reasons = tuple([told[answer(known)] for answer, told in ready.reasons])
    verdicts = {reason.verdict for reason in reasons}
    if "no" in verdicts:
        return result(compiled, version, subject, on, "no", reasons, sums)
    if "unknown" not in verdicts:
        return result(compiled, version, subject, on, "yes", reasons, sums)
    found = ready.outlook(known)
    if found.decided:
        # Every completion fulfils all of them, so it fulfils each.
        fulfilled = tuple([told[True] for _, told in ready.reasons])
        return result(compiled, version, subject, on, "yes", fulfilled, sums)
    if found.decided is False:
        return result(compiled, version, subject, on, "no", reasons, sums)
    undecided = Undecided(ready.whole, known)
    return result(compiled, version, subject, on, "unknown", reasons, sums, found.matter, undecided)


def out_of_force(
    compiled: CompiledMeasure, version: CompiledVersion, subject: Subject, on: dt.date, verdict: Verdict, label: str
) -> ScreenResult:
    """Before its first day or after its last: the amounts are those that people read."""
    reasons = (Reason("in_force", label, verdict),)
    return result(compiled, version, subject, on, verdict, reasons, overall(version.amounts))


def words_of(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def result(
    compiled: CompiledMeasure,
    version: CompiledVersion,
    subject: Subject,
    on: dt.date,
    verdict: Verdict,
    reasons: tuple[Reason, ...],
    sums: Paid,
    matter: frozenset[Variable] = frozenset(),
    undecided: Undecided | None = None,
) -> ScreenResult:
    measure = compiled.measure
    missing = frozenset(variable.fact for variable in matter)
    amount_missing = sums.missing if verdict in ("yes", "unknown") else ()
    steady = compiled.steady and on >= version.source.valid_from
    until = None if steady else valid_until(compiled, subject.values, on, Standing.of(verdict, missing, sums))
    return ScreenResult(
        id=measure.id,
        title=measure.title,
        verdict=verdict,
        amount_max_fen=sums.most_fen,
        amount_min_fen=sums.least_fen,
        rate_percent=sums.rate_percent,
        missing=tuple([fact for fact in version.facts if fact in missing]) if missing else (),
        amount_missing=tuple([fact for fact in version.amount_facts if fact in amount_missing])
        if amount_missing
        else (),
        unpublished=sums.unpublished,
        tier=sums.label,
        open_conditions=measure.open_conditions,
        strength=measure.strength,
        payer=measure.payer,
        reasons=reasons,
        clause=measure.clause,
        version_from=version.source.valid_from,
        valid_until=until,
        undecided=undecided,
    )
