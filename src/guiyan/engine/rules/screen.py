"""Screening one subject: verdicts with their reasons, amounts, what is missing, and until when they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from guiyan.engine.rules.catalogue import Facts, Value
from guiyan.engine.rules.exact import Outlook, outlook
from guiyan.engine.rules.knowing import readable, values_of
from guiyan.engine.rules.measure import CompiledMeasure, CompiledVersion
from guiyan.engine.rules.model import Clause, Verdict
from guiyan.engine.rules.paid import Paid, overall, paid
from guiyan.engine.rules.questions import Undecided
from guiyan.engine.rules.until import Standing, valid_until

WORDS: dict[bool | None, Verdict] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True)
class Reason:
    """One condition and how it stands; `facts` are those it asks, `sentence` what it says in full."""

    condition: str
    label: str
    verdict: Verdict
    facts: tuple[str, ...] = ()
    sentence: str = ""


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
    read: dict[int, dict[str, Value]] = {}
    for measure in measures:
        if measure.measure.kind == kind:
            values = read.setdefault(id(measure.catalogue), readable(measure.catalogue, facts, assume_none_received))
            found.append(screen_one(measure, values, on))
    return found


def screen_one(compiled: CompiledMeasure, values: Mapping[str, Value], on: dt.date) -> ScreenResult:
    version = compiled.version_on(on)
    if version is None:
        start = compiled.versions[0].source.valid_from
        return Asked(compiled, compiled.versions[0], values, on).out_of_force("no", f"{words_of(start)}起施行")
    asked = Asked(compiled, version, values, on)
    if version.ended_on(on):
        assert version.source.valid_to is not None
        return asked.out_of_force("expired", f"{words_of(version.source.valid_to)}到期")
    return asked.in_force()


def words_of(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True)
class Asked:
    """One measure asked about one subject on one day."""

    compiled: CompiledMeasure
    version: CompiledVersion
    values: Mapping[str, Value]
    on: dt.date

    def out_of_force(self, verdict: Verdict, label: str) -> ScreenResult:
        """Before its first day or after its last: the amounts are those that people read."""
        return self.result(verdict, (Reason("in_force", label, verdict),), overall(self.version.amounts))

    def in_force(self) -> ScreenResult:
        ready = self.version.on(self.on)
        known = values_of(ready.all_asks, self.values)
        sums = paid(ready.amounts, known)
        reasons = tuple(
            Reason(condition.id, condition.label, WORDS[answer(known)], facts, condition.sentence)
            for condition, answer, facts in ready.conditions
        )
        verdicts = {reason.verdict for reason in reasons}
        if "no" in verdicts or verdicts <= {"yes"}:
            return self.result("no" if "no" in verdicts else "yes", reasons, sums)
        found = outlook(ready.whole, known)
        if found.decided:
            # Every completion fulfils all of them, so it fulfils each.
            return self.result("yes", tuple(replace(each, verdict="yes") for each in reasons), sums)
        if found.decided is False:
            return self.result("no", reasons, sums)
        return self.result("unknown", reasons, sums, found, Undecided(ready.whole, known))

    def result(
        self,
        verdict: Verdict,
        reasons: tuple[Reason, ...],
        sums: Paid,
        found: Outlook | None = None,
        undecided: Undecided | None = None,
    ) -> ScreenResult:
        measure, version = self.compiled.measure, self.version
        missing = frozenset(variable.fact for variable in found.matter) if found is not None else frozenset[str]()
        stands = Standing.of(verdict, missing, sums)
        return ScreenResult(
            id=measure.id,
            title=measure.title,
            verdict=verdict,
            amount_max_fen=sums.most_fen,
            amount_min_fen=sums.least_fen,
            rate_percent=sums.rate_percent,
            missing=tuple(fact for fact in version.facts if fact in missing),
            amount_missing=tuple(fact for fact in version.amount_facts if fact in stands.sums.missing),
            unpublished=sums.unpublished,
            tier=sums.label,
            open_conditions=measure.open_conditions,
            strength=measure.strength,
            payer=measure.payer,
            reasons=reasons,
            clause=measure.clause,
            version_from=version.source.valid_from,
            valid_until=valid_until(self.compiled, self.values, self.on, stands),
            undecided=undecided,
        )
