"""My work (我的工作): what waits for this actor, what is due first on top. Each source is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Min, Q

from guiyan.accounts.permissions import visible
from guiyan.accounts.queries import local_paths
from guiyan.cases import states
from guiyan.cases.models import Batch, Case, CaseCheck, Mandate
from guiyan.cases.permissions import checking_units, units_with
from guiyan.cases.queries.alerts import alerts_for, urged
from guiyan.cases.queries.delegations import competent, done_here
from guiyan.cases.queries.lights import Light, Lights
from guiyan.cases.queries.opinions import opinions_asked_of
from guiyan.cases.queries.paging import FAR
from guiyan.cases.queries.remarks import mentions_of
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.texts import shortened
from guiyan.packs import Bundle

MOST = 200
"""Of one source. Nobody works through more in a day; the list page shows the rest."""


@dataclass(frozen=True)
class WorkRow:
    """One thing to do. kind: case, check, batch, mandate, opinion, mention or alert; key: what its page is found by.

    green: it goes before what is not late yet (绿色通道).
    """

    kind: str
    key: str
    todo: str
    title: str
    who: str
    note: str
    stage: str
    entry: str
    region: int
    place: str
    due_on: date | None
    since: datetime
    light: Light
    can_act: bool
    green: bool = False


def work_for(actor: Actor) -> list[WorkRow]:
    """Everything that waits for the actor, late first, what stands still last."""
    sources: list[tuple[str, Callable[[Actor, Lights], Iterable[WorkRow]]]] = [
        ("case.accept", _to_accept),
        ("case.check", _to_check),
        ("case.review", _to_review),
        ("case.review", _accounts_to_confirm),
        ("batch.prepare", _to_batch),
        ("batch.recheck", _to_recheck),
        ("batch.sign", _to_sign),
        ("payment.request", _to_pay),
        ("membership.decide", _to_decide),
        ("case.enter", _accounts_to_correct),
        ("case.accept", _accounts_to_correct),
        ("case.enter", _entered_by_me),
        ("case.help", _entered_by_me),
        ("case.enter", _mandates_to_confirm),
        ("case.accept", _to_advise),
        ("case.check", _to_advise),
        ("case.review", _to_advise),
        ("case.remark", _mentions),
        ("case.oversee", _alerts),
        ("case.supervise", _alerts),
    ]
    lights, rows = Lights(), dict[tuple[str, str], WorkRow]()
    for permission, source in sources:
        if holds(actor, permission):
            for row in source(actor, lights):
                rows.setdefault((row.kind, row.key), row)
    return _with_places(actor, sorted(_with_urging(list(rows.values())), key=_order))


def _with_urging(rows: list[WorkRow]) -> list[WorkRow]:
    """How often each case and check was urged since it stands where it stands: 已催办2次."""
    times = urged(row.entry if row.kind == "check" else row.key for row in rows if row.kind in ("case", "check"))
    found = []
    for row in rows:
        count = times.get(row.entry if row.kind == "check" else row.key, 0)
        note = "，".join(word for word in (row.note, f"已催办{count}次" if count else "") if word)
        found.append(WorkRow(**{**row.__dict__, "note": note}))
    return found


def _order(row: WorkRow) -> tuple[int, bool, date, str]:
    """Late first, whatever it is; then what goes first (绿色通道); what stands still last."""
    group = {"late": 0, "paused": 2}.get(row.light.state, 1)
    return (group, group == 1 and not row.green, row.due_on or FAR, row.key)


def _with_places(actor: Actor, rows: list[WorkRow]) -> list[WorkRow]:
    names = local_paths(actor, (row.region for row in rows))
    return [WorkRow(**{**row.__dict__, "place": names.get(row.region, "")}) for row in rows]


def _cases(actor: Actor, permission: str, wanted: Iterable[str], handled: Q | None = None) -> list[Case]:
    rows = visible(actor, permission, Case.objects.filter(state__in=list(wanted)).filter(handled or Q()))
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST])


def _case_row(case: Case, todo: str, lights: Lights, *, can_act: bool = True) -> WorkRow:
    return WorkRow(
        kind="case" if case.number else "draft",
        key=case.number or str(case.pk),
        todo=todo,
        title=case.title,
        who=case.applicant,
        note="转给您办" if case.handler_unit_id else case.firm,
        stage=case.state_label,
        entry=case.entry_label,
        region=case.region,
        place="",
        due_on=case.due_on,
        since=case.state_since,
        light=lights.of(case.due_on, case.paused_reason, case.due_clock),
        can_act=can_act,
        green=case.green,
    )


def _to_accept(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    mine = in_my_hands(actor) & done_here(actor, "case.accept")
    for case in _cases(actor, "case.accept", (states.SUBMITTED, states.SUPPLEMENT), mine):
        waiting = case.state == states.SUPPLEMENT
        yield _case_row(case, "等申请人补正" if waiting else "受理", lights, can_act=not waiting)


def _to_review(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    mine = in_my_hands(actor) & done_here(actor, "case.review")
    for case in _cases(actor, "case.review", (states.REVIEWING, states.FURTHER_CHECK), mine):
        if not actor.persons.isdisjoint({case.accepted_by_id, case.accepted_for_id}):
            continue
        yield _case_row(case, "审核" if case.state == states.REVIEWING else "结束补充核查", lights)


def _accounts_to_confirm(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    bureaus = competent(units_with(actor, "case.review"))
    for case in _cases(actor, "case.review", (states.ACCOUNT_CHECK,), bureaus):
        yield _case_row(case, "确认新账户", lights)


def _accounts_to_correct(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    """Payments that came back: the counter corrects the account; who only accepts sees to it that it is done."""
    counter = holds(actor, "case.enter")
    for case in _cases(actor, "case.enter" if counter else "case.accept", (states.RETURNED,)):
        yield _case_row(case, states.TO_CORRECT, lights, can_act=counter)


def _to_check(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    units = checking_units(actor)
    rows = CaseCheck.objects.filter(unit_id__in=units, result="", case__state=states.CHECKING)
    rows = rows.filter(Q(handler_id=None) | Q(handler_id__in=actor.persons))
    for check in rows.order_by("due_on", "id")[:MOST]:
        yield WorkRow(
            kind="check",
            key=str(check.pk),
            todo="核验",
            title=check.case_title,
            who=check.applicant,
            note=check.label,
            stage="核验中",
            entry=check.case_number,
            region=check.region,
            place="",
            due_on=check.due_on,
            since=check.opened_at,
            light=lights.of(check.due_on, clock=check.label),
            can_act=True,
        )


def _to_batch(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    for case in _cases(actor, "batch.prepare", (states.APPROVED,)):
        yield _case_row(case, "编入批次", lights)


def _to_recheck(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    return _batches(actor, lights, "batch.recheck", states.BATCHED, "复核", states.BATCH_OPEN)


def _to_sign(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    return _batches(actor, lights, "batch.sign", states.BATCHED, "签批", states.BATCH_RECHECKED)


def _to_pay(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    return _batches(actor, lights, "payment.request", states.PAYABLE, "申请拨付")


def _to_decide(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    return _batches(actor, lights, "membership.decide", states.DECIDABLE, "作出认定")


def _batches(actor: Actor, lights: Lights, permission: str, waiting: str, todo: str, at: str = "") -> list[WorkRow]:
    """Batches with lines in the state `waiting`, due when the first of these is; at: the batch's own state, if any."""
    lines = Q(lines__removed_at=None, lines__case__state=waiting)
    rows = visible(actor, permission, Batch.objects.filter(lines)).distinct()
    rows = rows.filter(state=at) if at else rows
    rows = rows.annotate(first_due=Min("lines__case__due_on", filter=lines)).order_by("id")
    return [_batch_row(batch, todo, lights) for batch in rows[:MOST]]


def _batch_row(batch: Any, todo: str, lights: Lights) -> WorkRow:
    """batch: with `first_due`."""
    return WorkRow(
        kind="batch",
        key=batch.number,
        todo=todo,
        title=batch.title,
        who=f"{batch.line_count}件",
        note=batch.prepared_by_label,
        stage=batch.state_label,
        entry="批次",
        region=batch.region,
        place="",
        due_on=batch.first_due,
        since=batch.state_since,
        light=lights.of(batch.first_due),
        can_act=True,
    )


def _entered_by_me(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    """Drafts begun for others, and what they must now add or put right.

    A helper's without a mandate that runs is left out: nothing can be done with it until there is a new one.
    """
    todo = {states.DRAFT: "继续填写", states.SUPPLEMENT: "帮申请人补正", states.RETURNED: states.TO_CORRECT}
    rows = Case.objects.filter(entered_by_id=actor.user_id, state__in=list(todo)).exclude(entry="self")
    usable, together = _usable_mandates(actor), set[int]()
    for case in rows.select_related("joint").order_by("id")[:MOST]:
        if case.joint is not None and case.state == states.DRAFT:
            # Written with one form, it is one thing to do: its first part leads to all.
            if case.joint.pk in together or case.item not in case.joint.chosen:
                continue
            together.add(case.joint.pk)
            case.title = case.joint.title
        if case.entry != "helper" or usable & {(case.subject_id, case.item), case.mandate_id}:
            yield _case_row(case, todo[case.state], lights)


def _usable_mandates(actor: Actor) -> set[object]:
    """For whom and for what the helper may act today, and under which mandates (a merged person keeps hers)."""
    held, today = Mandate.objects.filter(helper_id=actor.user_id or 0, ended_at=None), calendar.today()
    usable = [one for one in held if not one.why_not_usable(today)]
    bundles = releases.current().bundles
    named = [(one.subject_id, item) for one in usable for item in (one.item, *_inside(bundles, one.item))]
    return {*named, *(one.pk for one in usable)}


def _inside(bundles: Mapping[str, Bundle], name: str) -> Iterable[str]:
    """The items of a bundle; of none for what is no bundle."""
    return bundles[name].items if name in bundles else ()


def _mandates_to_confirm(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    rows = visible(actor, "case.enter", Mandate.objects.filter(confirmed_at=None, ended_at=None), unit=None)
    for mandate in rows.order_by("id")[:MOST]:
        yield WorkRow(
            kind="mandate",
            key=str(mandate.pk),
            todo="当面确认委托",
            title="委托书待本人确认",
            who=mandate.subject_name,
            note=f"委托{mandate.helper_label}代办",
            stage="待确认",
            entry="帮办代办",
            region=mandate.region,
            place="",
            due_on=None,
            since=mandate.given_at,
            light=lights.of(None),
            can_act=True,
        )


def in_my_hands(actor: Actor) -> Q:
    """What was handed over to the actor or the actor's unit, and what was handed over to nobody."""
    units = {grant.unit_id for grant in actor.grants if grant.unit_id is not None}
    own = Q(handler_id__in=actor.persons) | Q(handler_id=None, handler_unit_id__in=units)
    return own | Q(handler_id=None, handler_unit_id=None)


def _to_advise(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    """Opinions asked of the actor or of the actor's unit (加签)."""
    for row in opinions_asked_of(actor)[:MOST]:
        yield WorkRow(
            kind="opinion",
            key=str(row.pk),
            todo="加签",
            title=row.title,
            who=row.asked_by_label,
            note=row.question[:60],
            stage="加签",
            entry="必须回复" if row.required else "可以不回复",
            region=row.region or 0,
            place="",
            due_on=row.due_on,
            since=row.asked_at,
            light=lights.of(row.due_on, clock="加签"),
            can_act=True,
        )


def _mentions(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    """Remarks that call the actor's attention and are not read yet."""
    for row in mentions_of(actor).filter(read_at=None)[:MOST]:
        case = row.remark.case
        yield WorkRow(
            kind="mention",
            key=str(row.pk),
            todo="看备注",
            title=case.title,
            who=case.applicant,
            note=f"{row.remark.by_label}：{shortened(row.remark.text, 30)}",
            stage=case.state_label,
            entry="备注@您",
            region=case.region,
            place="",
            due_on=None,
            since=row.at,
            light=lights.of(None),
            can_act=True,
        )


def _alerts(actor: Actor, lights: Lights) -> Iterable[WorkRow]:
    """What is late or was urged in the units the actor answers for."""
    for alert in alerts_for(actor)[:MOST]:
        yield WorkRow(
            kind="alert",
            key=str(alert.pk),
            todo="催办" if alert.kind == "urge" else "超期督促",
            title=alert.case.title,
            who=alert.unit.short_name or alert.unit.name,
            note=f"{alert.case.number}，{alert.label}",
            stage=alert.case.state_label,
            entry=alert.get_kind_display(),
            region=alert.region,
            place="",
            due_on=alert.due_on,
            since=alert.at,
            light=lights.of(alert.due_on, clock=alert.label if alert.kind != "urge" else ""),
            can_act=False,
        )
