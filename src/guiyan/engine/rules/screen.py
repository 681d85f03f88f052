"""Screening one subject: verdicts with their reasons, what is missing, and the next question worth asking."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from guiyan.engine.rules.catalogue import Catalogue, Facts, Value
from guiyan.engine.rules.core import Core, Known, Variable
from guiyan.engine.rules.exact import Outlook, outlook
from guiyan.engine.rules.measure import CompiledMeasure, CompiledVersion
from guiyan.engine.rules.model import Clause, Verdict
from guiyan.engine.rules.paid import Paid, paid
from guiyan.engine.rules.stretches import Stretches

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
    undecided: Undecided | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Undecided:
    """What is kept of an unknown verdict, to find the question that settles most."""

    whole: Core
    known: Known

    def settled_by(self, fact: str) -> Fraction:
        """The share of the fact's possible answers that decide this measure."""
        cores = Stretches(self.known, self.whole)
        asked = [variable for variable in cores.unknown if variable.fact == fact]
        if not asked:
            return Fraction(0)
        # Whoever answers a question about a list says of every key whether it is there.
        others = dict.fromkeys(asked, False) if asked[0].key is not None else {}
        answers = [{**others, variable: value} for variable in asked for value in cores.values(variable)]
        decided = [outlook(self.whole, {**self.known, **answer}).decided is not None for answer in answers]
        return Fraction(sum(decided), len(decided))


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


def readable(catalogue: Catalogue, facts: Facts, assume_none_received: bool) -> dict[str, Value]:
    values = catalogue.read(facts)
    return nothing_else_received(values) if assume_none_received else values


def nothing_else_received(values: Mapping[str, Value]) -> dict[str, Value]:
    """What is not said to have been received was not. Of the two facts about it, one given alone counts for the other:
    money of a measure says that it was received; that it was received leaves open how much.
    """
    listed, sums = values.get("received"), values.get("received_yuan")
    if listed is None:
        listed = frozenset(key for key, sum_ in sums.items() if sum_) if isinstance(sums, Mapping) else frozenset()
    if sums is None:
        sums = dict.fromkeys(listed) if isinstance(listed, frozenset) else {}
    return {**values, "received": listed, "received_yuan": sums}


def screen_one(compiled: CompiledMeasure, values: Mapping[str, Value], on: dt.date) -> ScreenResult:
    version = compiled.version_on(on)
    if version is None:
        start = compiled.versions[0].source.valid_from
        return out_of_force(compiled, compiled.versions[0], "no", f"{words_of(start)}起施行")
    end = version.source.valid_to
    if end is not None and on > end:
        return out_of_force(compiled, version, "expired", f"{words_of(end)}到期")
    ready = version.on(on)
    known = values_of(ready.all_asks, values)
    sums = paid(ready.amounts, known)
    reasons = tuple(
        Reason(condition.id, condition.label, WORDS[answer(known)], facts, condition.sentence)
        for condition, answer, facts in ready.conditions
    )
    verdicts = {reason.verdict for reason in reasons}
    if "no" in verdicts or verdicts <= {"yes"}:
        return result(compiled, version, "no" if "no" in verdicts else "yes", reasons, sums)
    found = outlook(ready.whole, known)
    if found.decided:
        # Every completion fulfils all of them, so it fulfils each.
        return result(compiled, version, "yes", tuple(replace(each, verdict="yes") for each in reasons), sums)
    if found.decided is False:
        return result(compiled, version, "no", reasons, sums)
    undecided = Undecided(ready.whole, known)
    return result(compiled, version, "unknown", reasons, sums, in_order(version, found), undecided)


def out_of_force(compiled: CompiledMeasure, version: CompiledVersion, verdict: Verdict, label: str) -> ScreenResult:
    """Before its first day or after its last: the amounts are those that people read."""
    amounts = version.amounts
    sums = Paid(amounts.least_fen, amounts.most_fen, amounts.rate_percent, unpublished=amounts.unpublished)
    return result(compiled, version, verdict, (Reason("in_force", label, verdict),), sums)


def words_of(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def result(
    compiled: CompiledMeasure,
    version: CompiledVersion,
    verdict: Verdict,
    reasons: tuple[Reason, ...],
    sums: Paid,
    missing: tuple[str, ...] = (),
    undecided: Undecided | None = None,
) -> ScreenResult:
    measure = compiled.measure
    asks_amount = verdict in ("yes", "unknown")
    return ScreenResult(
        id=measure.id,
        title=measure.title,
        verdict=verdict,
        amount_max_fen=sums.most_fen,
        amount_min_fen=sums.least_fen,
        rate_percent=sums.rate_percent,
        missing=missing,
        amount_missing=tuple(each for each in version.amount_facts if asks_amount and each in sums.missing),
        unpublished=sums.unpublished,
        tier=sums.label,
        open_conditions=measure.open_conditions,
        strength=measure.strength,
        payer=measure.payer,
        reasons=reasons,
        clause=measure.clause,
        version_from=version.source.valid_from,
        undecided=undecided,
    )


def in_order(version: CompiledVersion, found: Outlook) -> tuple[str, ...]:
    matter = {variable.fact for variable in found.matter}
    return tuple(fact for fact in version.facts if fact in matter)


def values_of(asked: Iterable[Variable], values: Mapping[str, Value]) -> dict[Variable, int | str | bool]:
    """The known ones of a rule's variables: a key of a known list is known too, and so is an amount in a known map."""
    known: dict[Variable, int | str | bool] = {}
    for variable in asked:
        value = values.get(variable.fact)
        if value is None:
            continue
        if variable.key is None:
            assert isinstance(value, int | str)
            known[variable] = value
        elif isinstance(value, frozenset):
            known[variable] = variable.key in value
        elif isinstance(value, Mapping) and (sum_ := value.get(variable.key, 0)) is not None:
            known[variable] = sum_
    return known


def next_question(results: Sequence[ScreenResult], catalogue: Catalogue | None = None) -> str | None:
    """The missing fact that settles most undecided measures; facts with a question first, ties in their order."""
    gains: Counter[str] = Counter()
    order: dict[str, int] = {}
    scores: dict[str, Fraction] = {}
    for each in results:
        for fact in each.missing:
            order.setdefault(fact, len(order))
            gains[fact] += 1
            share = each.undecided.settled_by(fact) if each.undecided is not None else Fraction(0)
            scores[fact] = scores.get(fact, Fraction(0)) + share

    def rank(fact: str) -> tuple[bool, Fraction, int, int]:
        found = catalogue.get(fact) if catalogue is not None else None
        return (
            catalogue is None or (found is not None and found.question is not None),
            scores[fact],
            gains[fact],
            -order[fact],
        )

    return max(order, key=rank, default=None)
