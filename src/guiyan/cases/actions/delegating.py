"""委托受理 and 授权办理: a bureau lets a township act for it, from–to, in writing; and ends it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.accounts.offices import acts_for_unit
from guiyan.cases import declared, states
from guiyan.cases.actions.mandates import MEBIBYTE, PAPER, a_year_after
from guiyan.cases.models import Case, Delegation
from guiyan.kernel import audit, calendar, files, workflow
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.calendar import long_day
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.regions import subtree, within
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.packs.item import Item

OPEN = (states.SUBMITTED, states.SUPPLEMENT)


@transaction.atomic
def give_delegation(
    actor: Actor,
    *,
    kind: str,
    principal: Unit,
    agent: Unit,
    items: Sequence[str],
    document: str,
    valid_from: date,
    valid_to: date,
    name: str,
    content: bytes,
) -> Delegation:
    """Record a signed delegation. Refused for items that do not allow it, and for units outside the bureau's area."""
    if not acts_for_unit(actor, "delegation.manage", principal.pk):
        raise NotAllowed("只有委托单位的负责人可以登记委托。")
    if kind not in dict(Delegation.KINDS):
        raise Refused("请选委托受理或授权办理。", "kind")
    if agent.pk == principal.pk or not within((subtree(principal.region),), agent.region):
        raise Refused("只能委托本单位辖区里的乡镇单位。", "agent")
    wanted = [declared.current_item(one) for one in items]
    if not wanted:
        raise Refused("请选委托的事项。", "items")
    for item in wanted:
        _refuse_unallowed(item, kind, principal)
    if valid_to < valid_from:
        raise Refused("到期日应在开始日以后。", "dates")
    if valid_to > (last := a_year_after(valid_from)):
        raise Refused(f"委托最长一年，到期日请填{long_day(last)}或以前的日子，到期可以重新委托。", "dates")
    document = at_most(document, 120, "委托书的文号或名称").strip()
    if not document:
        raise Refused("请写明委托书的文号或名称。", "document")
    _refuse_double(principal, agent, items)
    paper = files.store(
        actor,
        name=name,
        content=content,
        purpose="delegation",
        region=agent.region,
        unit_id=principal.pk,
        allowed=set(PAPER),
        max_bytes=10 * MEBIBYTE,
    )
    row = Delegation.objects.create(
        kind=kind,
        principal=principal,
        agent=agent,
        items=list(items),
        document=document,
        file=paper,
        valid_from=valid_from,
        valid_to=valid_to,
        given_at=calendar.now(),
        given_by_label=actor.label,
        region=agent.region,
    )
    detail: dict[str, str | int | bool | None] = {"kind": kind, "agent": agent.pk, "to": valid_to.isoformat()}
    audit.record(actor, "delegation.give", f"delegation:{row.pk}", region=row.region, detail=detail)
    return row


def _refuse_unallowed(item: Item, kind: str, principal: Unit) -> None:
    towns = item.towns
    if item.unit_kind != principal.kind:
        raise Refused(f"“{item.title}”不由{principal.name}主办，不能委托。", "items")
    if towns is None or not (towns.entrust if kind == "entrusted" else towns.authorise):
        words = "委托乡镇受理" if kind == "entrusted" else "授权乡镇办理"
        raise Refused(f"“{item.title}”没有规定可以{words}。", "items")


def _refuse_double(principal: Unit, agent: Unit, items: Sequence[str]) -> None:
    running = Delegation.objects.filter(principal=principal, agent=agent, ended_at=None, items__overlap=list(items))
    if running.filter(valid_to__gte=calendar.today()).exists():
        raise Refused("这些事项已经委托给这个单位，还没有结束。要改的，先终止原来的委托。", "double")


@transaction.atomic
def end_delegation(actor: Actor, *, delegation: Delegation, reason: str) -> Delegation:
    """End it at once, by the bureau or by the township itself; what is not accepted yet is the bureau's again."""
    row = Delegation.objects.select_for_update(of=("self",)).filter(pk=delegation.pk).first()
    if row is None:
        raise NotFound
    if not any(acts_for_unit(actor, "delegation.manage", unit) for unit in (row.principal_id, row.agent_id)):
        raise NotAllowed("只有委托单位或者受托单位的负责人可以终止委托。")
    reason = at_most(reason, 200, "终止的原因").strip()
    if not reason:
        raise Refused("请写明终止的原因。", "reason")
    if row.ended_at is None:
        row.ended_at, row.ended_by_label, row.end_reason = calendar.now(), actor.label, reason
        row.save(update_fields=["ended_at", "ended_by_label", "end_reason"])
        audit.record(actor, "delegation.end", f"delegation:{row.pk}", region=row.region)
        give_back(row)
    return row


def give_back(row: Delegation) -> int:
    """Say in the log of every case that the township had not accepted yet that it is the bureau's again; how many."""
    low, high = subtree(row.region)
    with entered(Scope.system()):
        cases = Case.objects.filter(
            unit=row.principal, item__in=row.items, state__in=OPEN, region__gte=low, region__lt=high
        )
        count = 0
        for case in cases.order_by("id"):
            bureau = row.principal.short_name or row.principal.name
            workflow.note(case, f"{row.kind_label}已结束，退回{bureau}办理", actor=SYSTEM, reason=row.document)
            count += 1
        Delegation.objects.filter(pk=row.pk).update(given_back_at=calendar.now())
    return count


def give_back_expired(today: date) -> None:
    """The same for delegations whose last day is over, once each."""
    over = Delegation.objects.filter(given_back_at=None, valid_to__lt=today).select_related("principal")
    for row in over.order_by("id"):
        give_back(row)
