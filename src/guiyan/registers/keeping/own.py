"""What residents say about themselves and their firms: a report like any other, of the source that is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from guiyan.accounts.actions import give_subject
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused, SignInNeeded
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register, Source
from guiyan.registers import states
from guiyan.registers.keeping.conditions import lacking
from guiyan.registers.keeping.own_drafts import drop_own_draft
from guiyan.registers.models import Assertion, Subject
from guiyan.registers.queries.reported import is_newcomer, known_of, number_known, portal_source
from guiyan.registers.tables import register_of
from guiyan.registers.values import Value, refuse_beyond_bounds
from guiyan.registers.writing import Report, Taken, take
from guiyan.registers.writing.identify import NAMELESS, NewSubject, make_subjects
from guiyan.registers.wrong import WrongValue

MOST_A_DAY = 10
DAY = timedelta(days=1)


@transaction.atomic
def self_report(actor: Actor, *, register: str, subject_id: int | None, values: Mapping[str, Value]) -> Taken:
    """Take what she says of herself (subject_id: hers, None for who has no file yet) or of her firm.

    values: what the page asked; what is empty there and filled in the register is said to be empty. A number left
    empty stands as it is known. Refused beyond MOST_A_DAY reports a day, and for what the source may not say.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    source = portal_source(declared)
    if source is None:
        raise NotFound(f"“{declared.label}”现在不在网上填报。")
    if actor.kind != "user":
        raise SignInNeeded
    refuse_others_words(declared, source, values)
    with entered(Scope.system()):
        who = subject_id if subject_id is not None else new_file(actor, pack, declared, values)
        mine = Subject.objects.select_for_update().filter(pk=who).first()
        if mine is None or not is_own(actor, mine, new=subject_id is None):
            raise NotFound
        refuse_many(declared, source, who)
        held = known_of(pack, declared, who)
        told = said_with_numbers(pack, declared, source, who, values)
        refuse_unfilled(declared, source, {**held, **told})
        cleared = frozenset(
            name
            for name in source.asks
            if name in values and values[name] in (None, (), "") and held.get(name) not in (None, (), "")
            if not declared.fields[name].encrypted
        )
        report = Report(told, source.id, today(), subject_id=who, cleared=cleared)
        (taken,) = take(pack, declared, [report], region=mine.region)
        detail = {"source": source.id, "outcome": taken.outcome.value}
        audit.record(actor, f"register.self_report:{register}", f"subject:{who}", region=mine.region, detail=detail)
        publish("subject.changed", subject_id=who, register=register)
        drop_own_draft(actor, register, subject_id or 0)
    return taken


def is_own(actor: Actor, subject: Subject, *, new: bool) -> bool:
    return new or subject.pk in actor.subject_ids or subject.holder_id in actor.subject_ids


def new_file(actor: Actor, pack: Pack, register: Register, values: Mapping[str, Value]) -> int:
    """Somebody whom no register knows: a subject of her own, without a number, which her account has from now on."""
    if not is_newcomer(actor) or register.subject != states.PERSON:
        raise NotAllowed("请先登录本人的账号。")
    told, place = values.get(register.title_field), values.get(register.region_field)
    home = place if isinstance(place, int) else pack.city.region
    (made,) = make_subjects([NewSubject(states.PERSON, str(told or NAMELESS)[:120], home)])
    give_subject(actor, subject_id=made)
    return made


def refuse_others_words(register: Register, source: Source, values: Mapping[str, Value]) -> None:
    strange = [name for name in values if name not in source.asks]
    if strange:
        raise Refused("有的内容不能由本人填报，请刷新页面再填。", "not-asked")
    for name, value in values.items():
        field = register.fields[name]
        try:
            refuse_beyond_bounds(field, value, today=today())
        except WrongValue as wrong:
            raise Refused(f"“{field.label}”{wrong.wrong}，{wrong.right}。", "out-of-bounds") from wrong


def refuse_many(register: Register, source: Source, who: int) -> None:
    """By the clock of the business: a report is a fact of the day it was made."""
    rows = Assertion.objects.filter(subject_id=who, register=register.id, source=source.id)
    if rows.filter(recorded_at__gt=now() - DAY).count() >= MOST_A_DAY:
        raise Refused(f"一天最多报{MOST_A_DAY}次，请明天再报，或到窗口办。", "too-many")


def said_with_numbers(
    pack: Pack, register: Register, source: Source, who: int, values: Mapping[str, Value]
) -> dict[str, Value]:
    """What is filled in, and the numbers left empty that another register of hers knows: seen, and let stand."""
    told: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, (), "")}
    for name in source.asks:
        if name in values and name not in told and register.fields[name].encrypted:
            number = number_known(pack, register, register.fields[name], who)
            told |= {name: number} if number else {}
    return told


def refuse_unfilled(register: Register, source: Source, values: Mapping[str, Value]) -> None:
    gaps = [field.label for field in lacking(register, values) if field.id in source.asks]
    if gaps:
        raise Refused(f"还没有填：{'、'.join(gaps)}。", "missing")
