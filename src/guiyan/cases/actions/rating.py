"""Ratings (好差评): one a case, when it is decided; a bad one is called back by somebody who had no part in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import rateable, states
from guiyan.cases.actions.moving import behalf, locked, move
from guiyan.cases.models import Case, Rating
from guiyan.cases.models.rating import BAD
from guiyan.cases.permissions import is_own, require_applicant
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import at_most, masked_numbers, visible

MOST_WORDS = 500


@transaction.atomic
def rate_case(actor: Actor, *, case: Case, grade: int, points: Sequence[str] = (), words: str = "") -> Rating:
    """Keep the applicant's judgement, and set the day for calling back when it is a bad one.

    grade: 5 to 1. Refused a second time, and while the case is not decided.
    """
    require_applicant(actor, case)
    case = locked(case)
    rateable.refuse_unless(case)
    if grade not in dict(Rating.GRADES):
        raise Refused("请从五个等级里选一个。", "grade")
    known, call_day = dict(Rating.POINTS), _call_day()
    said = masked_numbers(at_most(visible(words), MOST_WORDS, "评价内容"))
    rating = Rating.objects.create(
        case=case,
        unit_id=case.unit_id,
        grade=grade,
        points=[one for one in known if one in set(points)],
        words=said,
        way="self" if is_own(actor, case.subject_id) else ("helper" if case.entry == "helper" else "counter"),
        given_at=calendar.now(),
        given_by_id=actor.user_id,
        given_by_label=actor.label,
        call_due_on=call_day if grade <= BAD else None,
        region=case.region,
        subject_id=case.subject_id,
    )
    if case.state == states.ANSWERED:
        move(actor, case, "close", on_behalf=behalf(actor, case))
    audit.record(actor, "case.rate", case.ref, region=case.region, detail={"grade": grade, "way": rating.way})
    return rating


def _call_day() -> date:
    rule = releases.current().city.rating
    if rule is None:
        raise Refused("本市还没有开通评价。", "rating")
    return calendar.calendar().add_working_days(calendar.today(), rule.call_back_days)


@transaction.atomic
def record_call(actor: Actor, *, rating: Rating, outcome: str, note: str) -> Rating:
    """Write down what came of calling back. Not by anybody who moved the case, and once."""
    require(actor, "rating.handle", rating)
    row = Rating.objects.select_for_update(of=("self",)).select_related("case").get(pk=rating.pk)
    if not row.is_bad:
        raise Refused("只有不满意的评价需要回访。", "not_bad")
    if row.called_at is not None:
        raise Refused(f"{row.called_by_label}已经回访过了。", "called")
    if actor.user_id in {entry.actor_id for entry in workflow.history(row.case)} - {None}:
        raise Refused("这件您经办过，请由没有经办的同事回访。", "same_person")
    if outcome not in dict(Rating.OUTCOMES):
        raise Refused("请选择回访结果。", "outcome")
    said = masked_numbers(at_most(visible(note), MOST_WORDS, "回访记录"))
    if not said:
        raise Refused("请写明回访时本人怎么说、怎么处理的。", "note")
    row.called_at, row.called_by_id, row.called_by_label = calendar.now(), actor.user_id, actor.label
    row.outcome, row.call_note = outcome, said
    row.save(update_fields=["called_at", "called_by_id", "called_by_label", "outcome", "call_note"])
    audit.record(actor, "rating.call", row.case.ref, region=row.region, detail={"outcome": outcome})
    return row
