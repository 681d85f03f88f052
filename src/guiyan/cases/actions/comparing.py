"""Comparison with lists (比对): before all checks, kept with the lists' dates; of one case or a whole batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from guiyan.accounts.permissions import decide, require
from guiyan.cases import declared, states
from guiyan.cases.models import Batch, Case, CaseComparison, ComparisonHit, ComparisonRun, ComparisonRunList
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import ComparisonList
from guiyan.registers import queries as registers
from guiyan.registers.actions import note_compared
from guiyan.registers.queries import Asked, Comparison

MOST_CASES = 500
HANDLING = ("batch.prepare", "batch.recheck", "batch.sign")
TOLD = ("hit", "nobody")  # what is kept for each person; the rest is in the counts of the list


def compare_again(case: Case) -> list[CaseComparison]:
    """Compare the applicant and her firm with every list of the item, as they stand today, and keep what was found."""
    wanted, lists = declared.item_of(case).comparisons, declared.pack_of(case).lists
    at = calendar.now()
    # Lists reach beyond the county of the case: a person paid elsewhere is paid.
    with entered(Scope.system()):
        (found,) = registers.compare_all([asked_of(case)], wanted, lists=lists)
        note_compared(SYSTEM, [lists[name] for name in wanted if name in lists], [case.subject_id])
        return CaseComparison.objects.bulk_create(
            CaseComparison(
                case=case,
                list_id=one.list_id,
                compared_at=at,
                title=one.title,
                as_of=one.as_of,
                matched=one.matched,
                outcome=one.outcome,
                effect=lists[one.list_id].effect,
                is_stale=one.is_stale,
                note=(f"{one.note}；名单很久没有更新" if one.is_stale else one.note)[:300],
                rows=list(one.rows),
                region=case.region,
                subject_id=case.subject_id,
            )
            for one in found
        )


def asked_of(case: Case) -> Asked:
    firm = case.beneficiary_id if case.for_firm else case.firm_subject_id
    return Asked(case.subject_id, firm, case.region)


@dataclass(frozen=True)
class Compared:
    """One case of a run and what each list says of it."""

    line_no: int
    case: Case
    answers: Sequence[Comparison]


@transaction.atomic
def compare_batch(actor: Actor, *, batch: Batch) -> ComparisonRun:
    """Compare every case still in the batch with all lists of its item. Until the signature, as often as lists change.

    Opinions on hits that say the same as before are kept. One pass: the queries do not grow with the cases.
    """
    require_handling(actor, batch)
    batch = locked_for_comparing(batch)
    if batch.state not in states.BATCH_BEFORE_SIGNATURE:
        raise Refused(f"这批现在是“{batch.state_label}”，比对只在签批以前做。", "state")
    return run_of_batch(actor, batch)


def run_of_batch(actor: Actor, batch: Batch) -> ComparisonRun:
    """The comparison itself, for a batch already locked by an action that checked its own permission."""
    lines = batch.lines.filter(removed_at=None).select_related("case").order_by("line_no")
    rows = [(line.line_no, line.case) for line in lines]
    previous = ComparisonRun.objects.filter(batch=batch).order_by("-pk").first()
    run = ComparisonRun(batch=batch, unit=batch.unit, item=batch.item, title=batch.title, region=batch.region)
    run.previous = previous
    return kept_run(actor, run, rows, declared.item_of(batch).comparisons, declared.pack_of(batch).lists)


@transaction.atomic
def compare_cases(actor: Actor, *, cases: Sequence[Case]) -> ComparisonRun:
    """Compare a selection of cases of one item and unit before they are summed up."""
    if not cases:
        raise Refused("请先选出要比对的办件。", "empty")
    if len(cases) > MOST_CASES:
        raise Refused(f"一次最多比对{MOST_CASES}件，现在选了{len(cases)}件。请分几次比对。", "too-many")
    for case in cases:
        require(actor, "batch.prepare", case)
    rows = sorted(cases, key=lambda case: case.number)
    first = rows[0]
    if any((case.item, case.unit_id) != (first.item, first.unit_id) for case in rows):
        raise Refused("一次只能比对同一个单位、同一个事项的办件。", "mixed")
    run = ComparisonRun(unit=first.unit, item=first.item, title=f"{first.title}，选出的{len(rows)}件")
    run.region = first.unit.region
    numbered = list(enumerate(rows, start=1))
    return kept_run(actor, run, numbered, declared.item_of(first).comparisons, declared.pack_of(first).lists)


def require_handling(actor: Actor, thing: Batch | ComparisonRun) -> None:
    """Whoever sums up, rechecks or signs here may compare again."""
    if not any(decide(actor, permission, thing, subject=None) for permission in HANDLING):
        require(actor, "batch.prepare", thing, subject=None)


def locked_for_comparing(batch: Batch) -> Batch:
    row = Batch.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=batch.pk).first()
    if row is None:
        raise NotFound
    return row


def kept_run(
    actor: Actor,
    run: ComparisonRun,
    rows: Sequence[tuple[int, Case]],
    wanted: Sequence[str],
    lists: Mapping[str, ComparisonList],
) -> ComparisonRun:
    run.case_count, run.compared_at = len(rows), calendar.now()
    run.compared_by_id, run.compared_by_label = actor.user_id, actor.label
    with entered(Scope.system()):
        answers = registers.compare_all([asked_of(case) for _, case in rows], wanted, lists=lists)
        issues = registers.issues_in_force(wanted)
        row_counts = {name: sum(issue.row_count for issue in of) for name, of in issues.items()}
        compared = [Compared(n, case, found) for (n, case), found in zip(rows, answers, strict=True)]
        run.save()
        kept = [lists[name] for name in wanted if name in lists]
        note_compared(actor, kept, [case.subject_id for _, case in rows])
        ComparisonRunList.objects.bulk_create(
            list_of(run, place, one, compared, row_counts.get(one.id, 0)) for place, one in enumerate(kept)
        )
        hits = hits_of(run, compared, lists)
        carry_opinions(hits)
        mark_new(run, hits)
        ComparisonHit.objects.bulk_create(hits)
    counts = {"cases": len(rows), "lists": len(kept), "hits": sum(one.outcome == "hit" for one in hits)}
    audit.record(actor, "comparison.run", run.ref, region=run.region, detail={**counts, "batch": run.batch_id})
    return run


def list_of(
    run: ComparisonRun, place: int, wanted: ComparisonList, compared: Sequence[Compared], row_count: int
) -> ComparisonRunList:
    """What one list said of all; it is missing when it is missing for anybody."""
    answers = [one.answers[place] for one in compared]
    days = [one.as_of for one in answers if one.as_of is not None]
    as_of = min(days, default=None)
    return ComparisonRunList(
        run=run,
        place=place,
        list_id=wanted.id,
        title=wanted.label,
        effect=wanted.effect,
        required=wanted.required,
        as_of=as_of,
        due_on=registers.due_on(wanted, as_of) if as_of else None,
        issues=sorted({issue for one in answers for issue in one.issues}),
        row_count=row_count,
        is_stale=any(one.is_stale for one in answers),
        is_missing=any(one.outcome == "missing" for one in answers),
        compared=sum(one.outcome in ("hit", "clear") for one in answers),
        hits=sum(one.outcome == "hit" for one in answers),
        region=run.region,
    )


def hits_of(
    run: ComparisonRun, compared: Sequence[Compared], lists: Mapping[str, ComparisonList]
) -> list[ComparisonHit]:
    return [
        ComparisonHit(
            run=run,
            case=one.case,
            line_no=one.line_no,
            list_id=answer.list_id,
            title=answer.title,
            effect=lists[answer.list_id].effect,
            outcome=answer.outcome,
            note=answer.note[:300],
            rows=list(answer.rows),
            fingerprint=fingerprint(one.case, answer),
            region=one.case.region,
        )
        for one in compared
        for answer in one.answers
        if answer.outcome in TOLD
    ]


def fingerprint(case: Case, answer: Comparison) -> str:
    """The same for the same words of a list about the same case, on whatever row of whatever issue they stand."""
    told = sorted(json.dumps({**row, "row": None}, sort_keys=True) for row in answer.rows)
    words = json.dumps([case.pk, answer.list_id, answer.outcome, told])
    return hashlib.sha256(words.encode()).hexdigest()


def carry_opinions(hits: Sequence[ComparisonHit]) -> None:
    """An opinion on the same words of the same list stands until the list says something else."""
    marks = [hit.fingerprint for hit in hits]
    earlier = ComparisonHit.objects.filter(case_id__in={hit.case_id for hit in hits}, fingerprint__in=marks)
    last = {one.fingerprint: one for one in earlier.exclude(verdict="").order_by("settled_at", "pk")}
    for hit in hits:
        known = last.get(hit.fingerprint)
        if known is not None:
            hit.verdict, hit.opinion, hit.is_carried = known.verdict, known.opinion, True
            hit.settled_by_id, hit.settled_by_label = known.settled_by_id, known.settled_by_label
            hit.settled_at = known.settled_at


def mark_new(run: ComparisonRun, hits: Sequence[ComparisonHit]) -> None:
    if run.previous is None:
        return
    before = set(ComparisonHit.objects.filter(run=run.previous).values_list("fingerprint", flat=True))
    for hit in hits:
        hit.is_new = hit.fingerprint not in before
