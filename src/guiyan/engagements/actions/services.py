"""Logging a service, keeping what is typed, finishing its next step, striking what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import user_by_username
from guiyan.engagements.models import ServiceDraft, ServiceRecord
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.texts import masked_numbers
from guiyan.registers import queries as registers

RESPONSIBLE = "specialist"
SERVED = ("person", "organisation")
LONGEST_BACK = timedelta(days=366)
LONGEST = {"note": (600, "做了什么"), "need": (200, "发现的需求"), "next_step": (200, "下一步")}
DRAFTED = frozenset({"kind", "on", "note", "need", "next_step", "next_on"})


@transaction.atomic
def record_service(
    actor: Actor,
    *,
    subject_id: int,
    kind: str,
    on: date,
    note: str,
    need: str = "",
    next_step: str = "",
    next_on: date | None = None,
    token: str,
) -> ServiceRecord:
    """Write what was done for somebody. The next step goes to her specialist's account, else to who writes.

    token: of the page; the same page sent again gives the record there is. Numbers of people in the words are masked.
    """
    person = registers.known_person(actor, subject_id, kinds=SERVED)
    require(actor, "service.record", person, unit=None, subject=None)
    before = ServiceRecord.objects.filter(by_id=actor.user_id, token=token).first()
    if before is not None:
        return before
    words = {"note": note, "need": need, "next_step": next_step}
    texts = {name: checked_words(name, text) for name, text in words.items()}
    refuse_wrong(kind, on, texts, next_on)
    responsible = who_goes_on(actor, subject_id) if texts["next_step"] else (None, "")
    record = ServiceRecord.objects.create(
        subject_id=person.subject_id,
        holder_id=person.subject_id,
        region=person.region,
        unit_id=next((grant.unit_id for grant in actor.grants if "service.record" in grant.permissions), None),
        kind=kind,
        on=on,
        by_id=actor.user_id,
        by_label=actor.label,
        recorded_at=calendar.now(),
        next_on=next_on,
        next_for_id=responsible[0],
        next_for_label=responsible[1],
        token=token,
        **texts,
    )
    drafts(actor, subject_id).delete()
    publish("service.recorded", service_id=record.pk)
    audit.record(actor, "service.record", f"service:{record.pk}", region=record.region, detail={"kind": kind})
    return record


def checked_words(name: str, text: str) -> str:
    most, label = LONGEST[name]
    words = masked_numbers(text.strip())
    if len(words) > most:
        raise Refused(f"“{label}”写了{len(words)}个字，最多{most}个字。", name)
    return words


def refuse_wrong(kind: str, on: date, texts: Mapping[str, str], next_on: date | None) -> None:
    """Refused with the field as its code."""
    today = calendar.today()
    if kind not in releases.current().services:
        raise Refused("请选这次服务是哪一种。", "kind")
    if not texts["note"]:
        raise Refused("请写做了什么。", "note")
    if on > today:
        raise Refused("服务日期不能晚于今天。", "on")
    if on < today - LONGEST_BACK:
        raise Refused("服务日期不能早于一年以前。", "on")
    if texts["next_step"] and next_on is None:
        raise Refused("写了下一步，请填哪天以前办。", "next_on")
    if next_on is not None and not texts["next_step"]:
        raise Refused("填了日期，请写下一步做什么。", "next_step")
    if next_on is not None and next_on < today:
        raise Refused("下一步的日期不能早于今天。", "next_on")


def who_goes_on(actor: Actor, subject_id: int) -> tuple[int | None, str]:
    """The account of her specialist, if she has one who signs in; else whoever writes."""
    username = registers.account_of_helper(RESPONSIBLE, subject_id)
    user = user_by_username(username) if username else None
    return (user.pk, user.name) if user is not None else (actor.user_id, actor.label)


@transaction.atomic
def save_service_draft(actor: Actor, *, subject_id: int, values: Mapping[str, str]) -> ServiceDraft:
    """Keep what is typed, finished or not; nothing else is ever kept."""
    person = registers.known_person(actor, subject_id)
    require(actor, "service.record", person, unit=None, subject=None)
    if actor.user_id is None:
        raise NotAllowed
    kept = {name: masked_numbers(str(text))[:600] for name, text in values.items() if name in DRAFTED}
    draft, _ = ServiceDraft.objects.update_or_create(
        owner_id=actor.user_id,
        subject_id=person.subject_id,
        defaults={"values": kept, "saved_at": calendar.now(), "region": person.region},
    )
    return draft


def drafts(actor: Actor, subject_id: int) -> QuerySet[ServiceDraft]:
    return ServiceDraft.objects.filter(owner_id=actor.user_id or 0, subject_id__in=registers.same_as(subject_id))


@transaction.atomic
def finish_step(actor: Actor, *, service_id: int, outcome: str) -> ServiceRecord:
    """The next step is done: by whose work it is, or by anybody who logs services there."""
    record = locked(service_id)
    if record.next_for_id != actor.user_id:
        require(actor, "service.record", record, unit=None, subject=None)
    if not record.waits:
        raise Refused("这一步已经办完，不用再点。", "done")
    words = masked_numbers(outcome.strip())
    if not words:
        raise Refused("请写办得怎样。", "outcome")
    if len(words) > 300:
        raise Refused(f"“办得怎样”写了{len(words)}个字，最多300个字。", "outcome")
    record.done_at, record.done_by, record.outcome = calendar.now(), actor.label, words
    record.save(update_fields=["done_at", "done_by", "outcome"])
    audit.record(actor, "service.finish", f"service:{record.pk}", region=record.region)
    return record


@transaction.atomic
def strike_service(actor: Actor, *, service_id: int, reason: str) -> ServiceRecord:
    """A record that was wrong no longer counts; it stays readable, with who struck it and why. By its writer alone."""
    record = locked(service_id)
    require(actor, "service.record", record, unit=None, subject=None)
    if record.by_id != actor.user_id:
        raise NotAllowed("只有记这条的人可以划去。")
    if record.struck_at is not None:
        raise Refused("这条已经划去，不用再点。", "struck")
    if not reason.strip():
        raise Refused("请写为什么划去。", "reason")
    record.struck_at, record.struck_by, record.struck_reason = calendar.now(), actor.label, reason.strip()[:200]
    record.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    audit.record(actor, "service.strike", f"service:{record.pk}", region=record.region)
    return record


def locked(service_id: int) -> ServiceRecord:
    record = ServiceRecord.objects.select_for_update().filter(pk=service_id).first()
    if record is None:
        raise NotFound("没有找到这条服务记录。")
    return record
