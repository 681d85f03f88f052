"""Answering a published entry: somebody asks, orders or books; the office replies and moves it on; it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model

from guiyan.accounts.offices import nearest_office
from guiyan.accounts.permissions import require, visible
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused, SignInNeeded
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.packs.register_parts import Answers
from guiyan.registers import sealing, states
from guiyan.registers.declared import home_register, key_of
from guiyan.registers.keeping.levels import put_on_level
from guiyan.registers.keeping.overlaps import refusing_overlap
from guiyan.registers.keeping.own import new_file, refuse_others_words, refuse_unfilled
from guiyan.registers.keeping.own_drafts import drop_own_draft
from guiyan.registers.keeping.rooms import refuse_full
from guiyan.registers.keeping.slots import follows_from_period, last_cancel, open_days, refuse_period
from guiyan.registers.models import AnswerNote, Hat, Subject
from guiyan.registers.queries.answers import HANDLE, answered_subject, row_of, rule_of
from guiyan.registers.queries.entries import first_row
from guiyan.registers.queries.levels import level_words
from guiyan.registers.queries.public_entries import answered_register, public_row
from guiyan.registers.queries.reported import is_newcomer, portal_source
from guiyan.registers.tables import attribute, attributes_of, register_of, table_of
from guiyan.registers.values import Value, refuse_beyond_bounds
from guiyan.registers.writing import Report, take
from guiyan.registers.writing.identify import NewSubject, make_subjects
from guiyan.registers.wrong import WrongValue

MOST_A_DAY = 20
DAY = timedelta(days=1)
LONGEST = 500


@transaction.atomic
def ask(actor: Actor, *, register: str, answered_id: int, values: Mapping[str, Value]) -> int:
    """Send an enquiry, an order or a booking about an entry that is out, and give its subject.

    values: what the page asked. Refused for a period that may not be had, Taken for one that somebody holds.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    rule, source = rule_of(declared), portal_source(declared)
    if source is None:
        raise NotFound
    if actor.kind != "user":
        raise SignInNeeded
    refuse_others_words(declared, source, values)
    with refusing_overlap(), entered(Scope.system()):
        answered = public_row(answered_register(pack, declared), answered_id)
        # Two at once would each wait for the other at the constraint: here they take turns.
        Subject.objects.select_for_update().get(pk=answered.subject_id)  # type: ignore[attr-defined]
        asker = asker_of(actor, pack, answered)
        refuse_many(asker)
        told: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, (), "")}
        refuse_full(declared, answered, asker)
        told |= follows(pack, declared, rule, answered, told)
        refuse_unfilled(declared, source, told)
        (made,) = make_subjects([NewSubject(declared.subject, str(told[declared.title_field])[:120], place(answered))])
        Subject.objects.filter(pk=made).update(holder_id=asker)
        key = key_of(declared)
        assert key is not None and declared.ladder is not None
        told[key.id] = f"{rule.prefix}{today().year}-{made:07d}"
        take(pack, declared, [Report(told, source.id, today(), subject_id=made)], region=place(answered))
        row = hand_over(pack, declared, made, answered)
        put_on_level(actor, declared, row, declared.ladder.start, reason="网上提交", decided_on=today())
        note(actor, declared, row, states.ASKED, "", declared.ladder.start)
        audit.record(actor, f"answer.ask:{register}", f"subject:{made}", region=place(answered))
        drop_own_draft(actor, register, answered_id)
    return made


def asker_of(actor: Actor, pack: Pack, answered: Model) -> int:
    """Whoever is signed in; an account without a file gets one, under its own name."""
    if actor.subject_id is not None:
        return actor.subject_id
    if not is_newcomer(actor):
        raise Refused("工作人员账号不能在这里提交，请用本人的账号。", "staff")
    name = home_register(pack, states.PERSON)
    assert name is not None
    home = pack.registers[name]
    return new_file(actor, pack, home, {home.title_field: actor.label, home.region_field: place(answered)})


def place(row: Model) -> int:
    return int(row.region)  # type: ignore[attr-defined]


def refuse_many(asker: int) -> None:
    recent = AnswerNote.objects.filter(holder_id=asker, kind=states.ASKED, at__gt=now() - DAY)
    if recent.count() >= MOST_A_DAY:
        raise Refused(f"一天最多提交{MOST_A_DAY}次，请明天再来，或打电话问。", "too-many")


def follows(
    pack: Pack, register: Register, rule: Answers, answered: Model, told: Mapping[str, Value]
) -> dict[str, Value]:
    """What nobody is asked: what it is about, where that is, and how long a booking is."""
    source = answered_register(pack, register)
    key = key_of(source)
    assert key is not None
    stored = getattr(answered, attributes_of(key.id, key.encrypted)[0])
    title = str(getattr(answered, attribute(source.title_field)) or source.label)
    most = register.fields[register.title_field].max_length
    filled: dict[str, Value] = {
        rule.field: sealing.opened(key.type, bytes(stored)) if key.encrypted else stored,
        register.title_field: title[:most] if most else title,
        register.region_field: place(answered),
    }
    if rule.slots is not None:
        start, end = told.get(rule.slots.from_), told.get(rule.slots.to)
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            raise Refused("请填开始和结束的时间。", "slot")
        refuse_period(rule.slots, start, end, now=now(), days=open_days(rule.slots, answered))
        filled |= follows_from_period(register, told)
    return filled


def hand_over(pack: Pack, register: Register, subject_id: int, answered: Model) -> Model:
    """To the office that answers for the entry: its unit stands on the answer, so it sees it whatever else it sees."""
    owner = answered_register(pack, register).owner_unit_kind
    unit = nearest_office(HANDLE, place(answered), owner)
    rows = table_of(pack, register.id)._default_manager.filter(subject_id=subject_id)
    if unit is not None:
        rows.update(unit_id=unit.pk)
        Hat.objects.filter(register=register.id, subject_id=subject_id).update(unit_id=unit.pk)
    return rows.get()


@transaction.atomic
def reply(
    actor: Actor,
    *,
    register: str,
    subject_id: int,
    text: str,
    to: str,
    was: str,
    deal: Mapping[str, Value] | None = None,
) -> AnswerNote:
    """Tell whoever asked, and put it on a level: `to`, which may be where it stands. was: where the officer saw it.

    deal: what came of it, taken with the level that is the deal's.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    rule = rule_of(declared)
    found = visible(actor, HANDLE, row_of(declared, subject_id), subject=None).first()
    if found is None:
        raise NotFound("没有找到这一条，或者不归您答复。")
    require(actor, HANDLE, found, subject=None)
    if found.holder_id in actor.concerned_ids:  # type: ignore[attr-defined]
        raise NotAllowed("这是您本人提的，请同事来答复。")
    refuse_reply(declared, text, to)
    with refusing_overlap(), entered(Scope.system()):
        row = locked(pack, declared, found)
        refuse_moved(declared, row, was)
        if rule.deal is not None and to == rule.deal.level:
            keep_deal(pack, declared, rule, row, deal or {})
            row = locked(pack, declared, found)
        if row.level in rule.ended and to not in rule.ended:  # type: ignore[attr-defined]
            refuse_full_again(pack, declared, row)
        if to != row.level:  # type: ignore[attr-defined]
            put_on_level(actor, declared, row, to, reason=text.strip()[:200], decided_on=today())
        said = note(actor, declared, row, states.REPLIED, text.strip(), to)
        audit.record(actor, f"answer.reply:{register}", f"subject:{said.subject_id}", region=place(row))
        publish("answer.replied", note_id=said.pk)
    return said


def refuse_full_again(pack: Pack, register: Register, row: Model) -> None:
    """What had ended goes on: the helper may have others by now."""
    subject_id = answered_subject(register, row)
    answered = first_row(pack, answered_register(pack, register).id, subject_id) if subject_id is not None else None
    if answered is not None:
        refuse_full(register, answered, row.holder_id)  # type: ignore[attr-defined]


def refuse_reply(register: Register, text: str, to: str) -> None:
    if not text.strip():
        raise Refused("请写回复，对方会看到。", "text")
    if len(text) > LONGEST:
        raise Refused(f"回复不超过{LONGEST}字。", "text")
    if to not in register.levels:
        raise Refused("没有这个状态，请从列出的里面选。", "to")


def refuse_moved(register: Register, row: Model, was: str) -> None:
    now_at = row.level  # type: ignore[attr-defined]
    if now_at != was:
        raise Refused(f"它刚变成了“{level_words(register, now_at)}”，请看过再回复。", "changed-meanwhile")


def keep_deal(pack: Pack, register: Register, rule: Answers, row: Model, deal: Mapping[str, Value]) -> None:
    assert rule.deal is not None
    told = {name: deal[name] for name in rule.deal.fields if deal.get(name) not in (None, (), "")}
    for name, value in told.items():
        try:
            refuse_beyond_bounds(register.fields[name], value, today=today())
        except WrongValue as wrong:
            raise Refused(f"“{register.fields[name].label}”{wrong.wrong}，{wrong.right}。", "out-of-bounds") from wrong
    if not told:
        labels = "、".join(register.fields[name].label for name in rule.deal.fields)
        raise Refused(f"请至少填一项：{labels}。", "deal")
    source = register.sources_by("form")[0]
    who = row.subject_id  # type: ignore[attr-defined]
    take(pack, register, [Report(told, source.id, today(), subject_id=who)], region=place(row))


@transaction.atomic
def take_back(actor: Actor, *, register: str, subject_id: int) -> AnswerNote:
    """Whoever asked cancels: what has not ended, and a booking only in time."""
    pack = releases.current()
    declared = register_of(pack, register)
    rule = rule_of(declared)
    found = row_of(declared, subject_id).filter(holder_id__in=sorted(actor.subject_ids)).first()
    if found is None:
        raise NotFound("没有找到这一条。")
    with entered(Scope.system()):
        row = locked(pack, declared, found)
        level = row.level  # type: ignore[attr-defined]
        if level in rule.ended:
            raise Refused(f"它已经是“{level_words(declared, level)}”，不用取消。", "ended")
        if not in_time(rule, row):
            assert rule.slots is not None
            raise Refused(f"离开始不到{rule.slots.cancel_hours}小时，不能在网上取消，请打电话。", "late")
        put_on_level(actor, declared, row, rule.cancelled, reason="本人取消", decided_on=today())
        said = note(actor, declared, row, states.TAKEN_BACK, "", rule.cancelled)
        audit.record(actor, f"answer.take_back:{register}", f"subject:{said.subject_id}", region=place(row))
    return said


def in_time(rule: Answers, row: Model) -> bool:
    if rule.slots is None:
        return True
    start = getattr(row, attribute(rule.slots.from_))
    return isinstance(start, datetime) and now() <= last_cancel(rule.slots, start)


def locked(pack: Pack, register: Register, found: Model) -> Model:
    """The row as it stands, while others who change it wait."""
    who = found.subject_id  # type: ignore[attr-defined]
    Subject.objects.select_for_update().get(pk=who)
    return table_of(pack, register.id)._default_manager.get(subject_id=who)


def note(actor: Actor, register: Register, row: Model, kind: str, text: str, level: str) -> AnswerNote:
    return AnswerNote.objects.create(
        register=register.id,
        subject_id=row.subject_id,  # type: ignore[attr-defined]
        kind=kind,
        text=text,
        level=level,
        by_asker=kind != states.REPLIED,
        at=now(),
        user_id=actor.user_id,
        actor_label=actor.label[:80],
        region=place(row),
        unit_id=row.unit_id,  # type: ignore[attr-defined]
        holder_id=row.holder_id,  # type: ignore[attr-defined]
    )
