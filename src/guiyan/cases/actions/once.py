"""Once per person or organisation: a second request is refused with the number and the day of the first."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from guiyan.cases import states
from guiyan.cases.models import Case
from guiyan.engine.rules.model import Measure
from guiyan.kernel import calendar
from guiyan.kernel.calendar import long_day
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.packs import Item
from guiyan.packs.outcome import Membership
from guiyan.registers import queries as registers


def once_key(item: Item, measure: Measure | None, holder: int) -> str:
    """What may live only once beside each other: of a measure, or of an item that recognises; else empty.

    holder: the canonical person or organisation whose benefit it is.
    """
    if measure is not None:
        return f"{measure.once_per}:{holder}" if measure.once_per else ""
    return f"item:{item.id}:{holder}" if item.outcome == "membership" else ""


def refuse_second(item: Item, measure: Measure | None, holder: int, *, besides: Case | None = None) -> None:
    """Refuse when another case of this holder lives or was paid, wherever in the city it is.

    Whatever id they were known by when they applied: merging two entries, or taking them apart, opens no second way.
    """
    if not once_key(item, measure, holder):
        return
    if item.membership is not None:
        refuse_standing(item.membership, holder)
    with entered(Scope.system()):
        ids = registers.same_as(holder)
        first = _earlier_case(item, measure, ids, besides)
        got = _earlier_grant(measure, holder, besides) if measure is not None and first is None else None
    whose = "同一人" if item.kind == "person" else "同一单位"
    if first is None and got is not None and measure is not None:
        day = long_day(localtime(got).date())
        own = "本人" if item.kind == "person" else "本单位"
        raise Refused(f"{day}已经为{own}审定过一笔“{measure.title}”，{whose}只能享受一次。", "already")
    if first is None:
        return
    day = f"{long_day(localtime(first.submitted_at).date())}" if first.submitted_at else "此前"
    limit = f"{whose}只能享受一次，不用再申请。" if measure is not None else "办完以前不用再申请。"
    raise Refused(
        f"{first.beneficiary}{day}已经申请过“{first.title}”，编号{first.number}，现在是“{first.state_label}”。{limit}",
        "already",
    )


def refuse_standing(rule: Membership, holder: int) -> None:
    """What was recognised and stands is asked for anew only when its end is near."""
    today = calendar.today()
    with entered(Scope.system()):
        standing = [one for one in registers.run_by(holder, rule.register_id) if one.code == rule.recognises]
    for one in standing:
        if not one.stands(today):
            continue
        if one.valid_to is None:
            raise Refused(f"{one.name}已经认定为{rule.title}，编号{one.number}，没有期限，不用再申请。", "already")
        from_day = one.valid_to - timedelta(days=rule.renew_days)
        if today < from_day:
            until = f"编号{one.number}，有效期到{long_day(one.valid_to)}"
            raise Refused(f"{one.name}已经认定为{rule.title}，{until}。{long_day(from_day)}起可以申请续期。", "already")


def _earlier_case(item: Item, measure: Measure | None, ids: list[int], besides: Case | None) -> Case | None:
    keys = [once_key(item, measure, one) for one in ids]
    same = Q(measure=measure.id) if measure is not None else Q(measure="", item=item.id)
    hers = Q(once_key__in=keys) | Q(beneficiary_id__in=ids) & ~Q(once_key="")
    others = Case.objects.filter(hers, same).exclude(state__in=states.ENDED_WITHOUT_MONEY)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    return others.order_by("id").first()


def _earlier_grant(measure: Measure, holder: int, besides: Case | None) -> datetime | None:
    held = ledger.entitlements_of(holder, measure.id).exclude(case_ref=besides.ref if besides else "")
    return held.order_by("id").values_list("claimed_at", flat=True).first()
