"""Applying for another bureau's data, agreeing to it, confirming that, and ending it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.accounts.offices import acts_for_unit, office_of
from guiyan.accounts.permissions import require
from guiyan.kernel import audit
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.comparison import Sharing
from guiyan.registers.models import DataUse
from guiyan.registers.sharing.offered import shared_data

APPLY, AUTHORISE = "sharing.apply", "sharing.authorise"
LONGEST_USE = timedelta(days=366)
LONGEST = 300


@transaction.atomic
def apply_for_data(actor: Actor, *, list_id: str, purpose: str, reason: str, until: date) -> DataUse:
    """Ask the holder for one thing of the catalogue, for one of its purposes, until a day at most a year from now.

    list_id: of the list, or `register.source`.
    """
    require(actor, APPLY)
    sharing = shared_data(list_id).sharing
    if purpose not in sharing.purposes:
        raise Refused(f"这项数据只能用于：{'、'.join(sharing.purposes.values())}。", "purpose")
    if not reason.strip() or len(reason) > LONGEST:
        raise Refused(f"请写明为什么要用，不超过{LONGEST}字。", "reason")
    if not today() < until <= today() + LONGEST_USE:
        raise Refused("用到哪一天，要在明天以后、一年以内。", "until")
    office = office_of(actor, APPLY)
    with entered(Scope.system()):
        unit = Unit.objects.get(pk=office.unit_id)
        use = DataUse.objects.create(
            list_id=list_id,
            purpose=purpose,
            reason=reason.strip(),
            until=until,
            asked_at=now(),
            asked_by=actor.user_id or 0,
            asked_by_label=actor.label[:80],
            unit_id=unit.pk,
            unit_name=unit.name,
            holder_id=holder_of(sharing).pk,
            region=office.region,
        )
        audit.record(actor, "sharing.apply", use.ref, region=use.region, detail={"list": list_id, "purpose": purpose})
    return use


def holder_of(sharing: Sharing) -> Unit:
    found = Unit.objects.filter(code=sharing.holder).first()
    if found is None:
        raise Refused("目录里写的提供单位还没有设定，请联系平台管理员。", "no-holder")
    return found


@transaction.atomic
def answer_application(actor: Actor, *, use_id: int, agreed: bool, note: str = "") -> DataUse:
    """An officer of the holder agrees, then a second one of the holder; or one refuses, with the reason."""
    with entered(Scope.system()):
        use = held(actor, use_id)
        if use.state not in (DataUse.ASKED, DataUse.AGREED):
            raise Refused("这项申请已经处理过了。", "decided")
        if not agreed:
            if not note.strip():
                raise Refused("不同意要写明理由。", "note")
            use.refused_at, use.note = now(), note.strip()[:LONGEST]
        elif use.agreed_at is None:
            use.agreed_at, use.agreed_by, use.agreed_by_label = now(), actor.user_id, actor.label[:80]
        elif use.agreed_by in actor.persons:
            raise NotAllowed("同意的人不能再复核，请由另一个人复核。")
        else:
            use.confirmed_at, use.confirmed_by, use.confirmed_by_label = now(), actor.user_id, actor.label[:80]
        use.save()
        act = "refuse" if not agreed else "confirm" if use.confirmed_at else "agree"
        audit.record(actor, f"sharing.{act}", use.ref, region=use.region)
    return use


@transaction.atomic
def withdraw_use(actor: Actor, *, use_id: int, note: str) -> DataUse:
    """The holder takes an authorisation back: from now on nothing comes in under it and nothing of it is shown."""
    if not note.strip():
        raise Refused("请写明为什么收回。", "note")
    with entered(Scope.system()):
        use = held(actor, use_id)
        if use.state != DataUse.LIVE:
            raise Refused("这项授权没有生效，或者已经结束。", "over")
        use.withdrawn_at, use.note = now(), note.strip()[:LONGEST]
        use.save()
        audit.record(actor, "sharing.withdraw", use.ref, region=use.region)
    return use


def held(actor: Actor, use_id: int) -> DataUse:
    """Locked, for an officer of the unit that holds the data; nobody answers what she asked."""
    use = DataUse.objects.select_for_update().filter(pk=use_id).first()
    if use is None or not acts_for_unit(actor, AUTHORISE, use.holder_id):
        raise NotFound
    if use.asked_by in actor.persons:
        raise NotAllowed("自己提出的申请，要由别人处理。")
    return use
