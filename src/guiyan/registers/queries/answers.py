"""Enquiries, orders and bookings: those that wait for an office, and one's own with what was replied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.packs.register_parts import Answers
from guiyan.registers import states
from guiyan.registers.declared import key_of
from guiyan.registers.models import AnswerNote, Subject
from guiyan.registers.queries.entries import values_of
from guiyan.registers.queries.levels import level_words
from guiyan.registers.queries.public_entries import answered_register
from guiyan.registers.queries.slots import answers_to_row
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.tables import attribute, attributes_of, register_of, table_of
from guiyan.registers.values import Value

HANDLE = "answer.handle"
MOST = 100


@dataclass(frozen=True)
class AnswerLine:
    """One in a list. about: what is asked about; who: whoever asked; at: when."""

    register: Register
    subject_id: int
    number: str
    about: str
    who: str
    level: str
    state: str
    at: datetime | None
    region: int
    last: str

    @property
    def tone(self) -> str:
        return tone(self.register, self.level)


@dataclass(frozen=True)
class AnswerView:
    """One in full. values: its fields, numbers masked."""

    line: AnswerLine
    rule: Answers
    values: dict[str, Value]
    notes: tuple[AnswerNote, ...]
    asker_id: int
    answered_id: int | None
    unit_id: int | None

    @property
    def has_ended(self) -> bool:
        return self.line.level in self.rule.ended


def rule_of(register: Register) -> Answers:
    if register.answers is None:
        raise NotFound
    return register.answers


def tone(register: Register, level: str) -> str:
    """green: a deal; plain: ended otherwise, or taken back; blue while it goes on."""
    rule = rule_of(register)
    if rule.deal is not None and level == rule.deal.level:
        return "green"
    return "" if level in rule.ended else "blue"


def answer_registers() -> list[Register]:
    return [one for one in releases.current().registers.values() if one.answers is not None]


def own_answers(actor: Actor) -> list[AnswerLine]:
    """Everything somebody asked, ordered or booked, the newest first; within the entered scope."""
    if actor.subject_id is None:
        return []
    found: list[AnswerLine] = []
    numbers = sorted(actor.subject_ids)
    asked_in = set(AnswerNote.objects.filter(holder_id__in=numbers).values_list("register", flat=True).distinct())
    for register in answer_registers():
        if register.id not in asked_in:
            continue
        rows = table_of(releases.current(), register.id)._default_manager.filter(holder_id__in=numbers)
        found += lines_of(register, list(rows.order_by("-id")[:MOST]))
    return sorted(found, key=lambda one: (one.at is not None, one.at), reverse=True)


def answers_waiting(actor: Actor, register: Register) -> list[AnswerLine]:
    """What nobody has answered yet, the oldest first."""
    assert register.ladder is not None
    rows = table_of(releases.current(), register.id)._default_manager.filter(level=register.ladder.start)
    return lines_of(register, list(visible(actor, HANDLE, rows.order_by("id"), subject=None)[:MOST]))


def answers_of_entry(register: Register, answered: Model) -> list[AnswerLine]:
    """Whatever was asked about one entry, the newest first; within the entered scope."""
    return lines_of(register, list(answers_to_row(register, answered).order_by("-id")[:MOST]))


def lines_of(register: Register, rows: Sequence[Model]) -> list[AnswerLine]:
    """Two queries more, however many rows."""
    ids = [row.subject_id for row in rows]  # type: ignore[attr-defined]
    first, last = turns([register.id], ids)
    names = dict(Subject.objects.filter(pk__in={row.holder_id for row in rows}).values_list("pk", "display_name"))  # type: ignore[attr-defined]
    return [line_of(register, row, first, last, names) for row in rows]


def turns(registers: Iterable[str], ids: Iterable[int]) -> tuple[dict[int, AnswerNote], dict[int, AnswerNote]]:
    """The first and the last turn of each."""
    first: dict[int, AnswerNote] = {}
    last: dict[int, AnswerNote] = {}
    for note in AnswerNote.objects.filter(register__in=list(registers), subject_id__in=list(ids)).order_by("id"):
        first.setdefault(note.subject_id, note)
        last[note.subject_id] = note
    return first, last


def line_of(
    register: Register,
    row: Model,
    first: dict[int, AnswerNote],
    last: dict[int, AnswerNote],
    names: dict[int, str],
) -> AnswerLine:
    who, level = row.subject_id, row.level  # type: ignore[attr-defined]
    key = key_of(register)
    assert key is not None
    asked, latest = first.get(who), last.get(who)
    return AnswerLine(
        register,
        who,
        str(getattr(row, attribute(key.id)) or ""),
        str(getattr(row, attribute(register.title_field)) or ""),
        names.get(row.holder_id, asked.actor_label if asked else ""),  # type: ignore[attr-defined]
        level,
        level_words(register, level),
        asked.at if asked else None,
        row.region,  # type: ignore[attr-defined]
        latest.text if latest is not None and latest.kind == states.REPLIED else "",
    )


def own_answer(actor: Actor, register_id: str, subject_id: int) -> AnswerView:
    """Raises NotFound for what somebody else asked."""
    register = register_of(releases.current(), register_id)
    row = row_of(register, subject_id).filter(holder_id__in=sorted(actor.subject_ids)).first()
    if row is None:
        raise NotFound("没有找到这一条。")
    return view_of(register, row)


def handled_answer(actor: Actor, register_id: str, subject_id: int) -> AnswerView:
    """Raises NotFound for what is not this office's to answer."""
    register = register_of(releases.current(), register_id)
    row = visible(actor, HANDLE, row_of(register, subject_id), subject=None).first()
    if row is None:
        raise NotFound("没有找到这一条，或者不归您答复。")
    return view_of(register, row)


def row_of(register: Register, subject_id: int) -> QuerySet[Model]:
    rule_of(register)
    return table_of(releases.current(), register.id)._default_manager.filter(subject_id__in=same_as(subject_id))


def view_of(register: Register, row: Model) -> AnswerView:
    who = row.subject_id  # type: ignore[attr-defined]
    notes = tuple(AnswerNote.objects.filter(register=register.id, subject_id=who).order_by("id"))
    (line,) = lines_of(register, [row])
    return AnswerView(
        line,
        rule_of(register),
        values_of(register, row),
        notes,
        row.holder_id,  # type: ignore[attr-defined]
        answered_subject(register, row),
        row.unit_id,  # type: ignore[attr-defined]
    )


def answered_subject(register: Register, row: Model) -> int | None:
    """The subject of the entry that is answered: the owner of the key that the answer names.

    Looked up for everybody, since whoever asked sees no registers; whether the entry is out, its own page says.
    """
    field = register.fields[rule_of(register).field]
    answered = answered_register(releases.current(), register)
    key = key_of(answered)
    assert key is not None
    stored = getattr(row, attributes_of(field.id, field.encrypted)[-1])
    if stored is None:
        return None
    rows = table_of(releases.current(), answered.id)._default_manager
    mine = attributes_of(key.id, key.encrypted)[-1]
    with entered(Scope.system()):
        found: int | None = rows.filter(**{mine: stored}).values_list("subject_id", flat=True).first()
    return found


def answer_note(note_id: int) -> tuple[AnswerNote, Register, str]:
    """One turn, the register it is in, and what it is about; within the system's scope."""
    said = AnswerNote.objects.get(pk=note_id)
    register = register_of(releases.current(), said.register)
    row = table_of(releases.current(), register.id)._default_manager.get(subject_id=said.subject_id)
    return said, register, str(getattr(row, attribute(register.title_field)) or register.label)
