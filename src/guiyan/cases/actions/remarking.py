"""Remarks (备注): what officers tell each other about a case, with @ for whom it concerns. No applicant sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import receivers_of_work as work
from guiyan.cases.actions.moving import locked
from guiyan.cases.models import Case, Mention, Remark
from guiyan.cases.permissions import refuse_own
from guiyan.cases.receivers_of_work import Receiver
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import at_most, masked_numbers, shortened, visible

LONGEST = 500
MOST = 200
"""Remarks on one case: more than anybody reads."""
WITHDRAWN_WITHIN = timedelta(hours=24)
AT = "@＠"


@transaction.atomic
def add_remark(actor: Actor, *, case: Case, text: str) -> Remark:
    """Keep it, with numbers of persons masked; each `@name` must be one of those who may open the case."""
    require(actor, "case.remark", case)
    refuse_own(actor, [case.subject_id], "写备注")
    case = locked(case)
    said = masked_numbers(at_most(visible(text), LONGEST, "备注"))
    if not said:
        raise Refused("请写备注的内容。", "text")
    if case.remarks.count() >= MOST:
        raise Refused(f"一件最多写{MOST}条备注。", "many")
    named = mentioned(said, work.for_remark(case, actor))
    row = Remark.objects.create(
        case=case,
        text=said,
        by_id=actor.user_id or 0,
        by_label=actor.label,
        at=calendar.now(),
        region=case.region,
        unit_id=case.unit_id,
    )
    Mention.objects.bulk_create(
        Mention(
            remark=row,
            user_id=one.user_id or 0,
            user_label=one.label,
            at=row.at,
            region=case.region,
            unit_id=case.unit_id,
        )
        for one in named
    )
    audit.record(actor, "case.remark", case.ref, region=case.region, detail={"remark": row.pk, "named": len(named)})
    return row


@transaction.atomic
def withdraw_remark(actor: Actor, *, remark: Remark) -> Remark:
    """Its author, within a day: the words go from the page, that there was a remark stays."""
    row = Remark.objects.select_for_update().filter(pk=remark.pk).first()
    if row is None or row.by_id != actor.user_id:
        raise NotFound
    if row.withdrawn_at is not None:
        return row
    if calendar.now() - row.at > WITHDRAWN_WITHIN:
        raise Refused("备注写下一天以后不能撤回，可以再写一条更正。", "late")
    row.withdrawn_at = calendar.now()
    row.save(update_fields=["withdrawn_at"])
    row.mentions.filter(read_at=None).update(read_at=row.withdrawn_at)
    audit.record(actor, "case.remark_withdrawn", f"case:{row.case_id}", region=row.region, detail={"remark": row.pk})
    return row


@transaction.atomic
def read_mentions(actor: Actor, *, case: Case) -> int:
    """Whoever is mentioned has seen it: nothing of this case waits for them any longer. How many there were."""
    mine = Mention.objects.filter(remark__case=case, user_id__in=actor.persons, read_at=None)
    return mine.update(read_at=calendar.now())


def mentioned(text: str, known: Sequence[Receiver]) -> list[Receiver]:
    """The people named after an @, each once. Refused when somebody is not among them, or two have the name."""
    found: dict[int, Receiver] = {}
    for rest in _after_signs(text):
        fits = [one for one in known if rest.startswith((one.label, one.name))]
        longest = max((_length(rest, one) for one in fits), default=0)
        best = [one for one in fits if _length(rest, one) == longest]
        people = {one.user_id: one for one in best if one.user_id is not None}
        if not people:
            name = shortened(rest.split()[0] if rest.split() else "", 8)
            raise Refused(f"“@{name}”不在能打开这件的同事里，请从名单里选，或者去掉@。", "mention")
        if len(people) > 1:
            labels = "、".join(f"@{one.label}" for one in people.values())
            raise Refused(f"叫“{best[0].name}”的不止一位，请写明是哪一位：{labels}。", "mention")
        found |= people
    return list(found.values())


def _after_signs(text: str) -> Iterator[str]:
    """What follows each @ that calls somebody; the one inside a mail address does not."""
    for place, sign in enumerate(text):
        before = text[place - 1] if place else ""
        if sign in AT and not (before.isascii() and before.isalnum()):
            yield text[place + 1 :]


def _length(rest: str, one: Receiver) -> int:
    return len(one.label) if rest.startswith(one.label) else len(one.name)
