"""The rule's answer about a case at one moment, kept with the facts, their sources and the version it was given on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guiyan.cases import answers, declared
from guiyan.cases.models import Case, CaseComparison, CaseVerdict
from guiyan.cases.prefill import as_text
from guiyan.cases.reckoning import in_whole_yuan, received_fen, reckoning_of
from guiyan.cases.rules import verdict_on
from guiyan.kernel import calendar
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.registers import queries as registers


def take_verdict(case: Case, moment: str) -> CaseVerdict | None:
    """Screen the case's measure on today's facts: what registers hold counts before what the applicant wrote.

    By the version of the day of submission, and as of that day: how long the office takes is not the applicant's loss.
    What was received before is the ledger's and the lists' to say, never the applicant's. None without a measure.
    """
    if not case.measure:
        return None
    pack, today = declared.pack_of(case), calendar.today()
    with entered(Scope.system()):
        held = registers.facts_with_sources(case.beneficiary_id, today)
    given = answers.facts_given(case)
    known_facts = {row.fact: row.value for row in held if row.value is not None}
    compared = latest_lists(case)
    received = received_before(case, compared)
    sums = received_fen(case, compared) if received is not None else None
    told = {"received": received, "received_yuan": in_whole_yuan(sums)}
    facts = {**given, **known_facts, **told}
    result = verdict_on(pack, case.measure, facts, declared.day_of(case))
    reckoning = reckoning_of(case, facts, sums)
    words = "不知道，名单还没有导入" if received is None else "、".join(received) or "没有"
    rows = [_fact_row(row.fact, row.label, row.value, row.source, row.checked_on) for row in held]
    rows.append(_fact_row("received", f"领过的{declared.money_word(case)}", words, "资金台账、以前发放的名单", today))
    known = {row.fact for row in held if row.value is not None}
    labels = {name: fact.label for name, fact in pack.facts.items()}
    sources = answers.fact_sources(case)
    rows += [
        _fact_row(name, labels.get(name, name), value, sources[name], None)
        for name, value in given.items()
        if name not in known
    ]
    return CaseVerdict.objects.create(
        case=case,
        moment=moment,
        at=calendar.now(),
        release=case.release,
        measure_version=declared.version_of(case).valid_from.isoformat(),
        verdict=result.verdict,
        amount_fen=result.amount_max_fen,
        reckoning=reckoning,
        facts=rows,
        reasons=[_reason(one) for one in result.reasons],
        open_conditions=list(result.open_conditions),
        clause=declared.given_by(case).clause.model_dump(mode="json"),
        region=case.region,
        subject_id=case.subject_id,
    )


def latest_lists(case: Case) -> list[CaseComparison]:
    """What the lists of earlier payments said when the case was last compared."""
    lists = declared.pack_of(case).lists
    with entered(Scope.system()):
        compared = list(CaseComparison.objects.filter(case=case).order_by("-compared_at", "list_id")[:50])
    latest = [one for one in compared if one.compared_at == compared[0].compared_at and one.list_id in lists]
    return [one for one in latest if lists[one.list_id].measure]


def received_before(case: Case, telling: Sequence[CaseComparison]) -> list[str] | None:
    """The measures this person or firm has or had, here or on the lists of those paid before, this case's own aside.

    None while a list that would say so was never brought in: what is not known is not taken for “none”.
    """
    lists = declared.pack_of(case).lists
    with entered(Scope.system()):
        held = {one.measure_id for one in ledger.entitlements_of(case.beneficiary_id) if one.case_ref != case.ref}
    if any(one.as_of is None or one.outcome == "nobody" for one in telling):
        return None
    return sorted(held | {str(lists[one.list_id].measure) for one in telling if one.matched})


def _fact_row(fact: str, label: str, value: object, source: str, checked_on: Any) -> dict[str, Any]:
    return {
        "fact": fact,
        "label": label,
        "value": None if value is None else as_text(value),
        "source": source,
        "checked_on": checked_on.isoformat() if checked_on else None,
    }


def _reason(one: Any) -> dict[str, Any]:
    return {"condition": one.condition, "label": one.label, "verdict": one.verdict, "facts": list(one.facts)}
