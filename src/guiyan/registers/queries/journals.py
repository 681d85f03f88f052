"""What happened about an entry, by the journals that are about its register; and the records behind a total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers.behind import about, relation_of
from guiyan.registers.models import Relation, Voiding
from guiyan.registers.queries.lists import COUNTED, Line, capped, chosen_columns, lines_of, seen_by
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.tables import attribute
from guiyan.registers.timelines import Happening, timeline_source

LATEST = 5


@dataclass(frozen=True)
class JournalPart:
    """The newest records of one journal about one entry. total: at most COUNTED + 1, of those the actor may see."""

    register: Register
    columns: tuple[Field, ...]
    lines: tuple[Line, ...]
    total: int
    voided: tuple[Voiding, ...]

    @property
    def total_words(self) -> str:
        return capped(self.total)


def journals_about(pack: Pack, registers: Sequence[str]) -> list[Register]:
    """The journals about entries of these registers, in the order of the pack."""
    return [
        one
        for one in pack.registers.values()
        if one.journal is not None
        and (to := one.fields[one.journal.about].refers_to) is not None
        and to.register_ in registers
    ]


def journal_parts(actor: Actor, registers: Sequence[str], subject_id: int) -> list[JournalPart]:
    """A part for each journal, empty ones too; a fixed number of queries a journal."""
    pack, ids = releases.current(), same_as(subject_id)
    found = []
    for register in journals_about(pack, registers):
        assert register.journal is not None
        rows = about(seen_by(actor, pack, register), register, ids)
        newest = list(rows.order_by(F(attribute(register.journal.on)).desc(nulls_last=True), "-pk")[:LATEST])
        columns = tuple(one for one in chosen_columns(register, ()) if one.id != register.journal.about)
        gone = visible(
            actor, "register.view", Voiding.objects.filter(register=register.id, about_id__in=ids), subject=None
        )
        found.append(
            JournalPart(
                register,
                columns,
                tuple(lines_of(actor, register, columns, newest)),
                rows.values("pk")[: COUNTED + 1].count() if len(newest) == LATEST else len(newest),
                tuple(gone.order_by("-pk")[:LATEST]),
            )
        )
    return found


def about_of(register: Register, subject_id: int) -> int | None:
    """Whom an entry of a journal is about; within the entered scope."""
    assert register.journal is not None
    rows = Relation.objects.filter(
        kind=relation_of(register, register.journal.about), to_subject_id=subject_id, assigned_at=None
    )
    return rows.order_by("pk").values_list("from_subject_id", flat=True).first()


@timeline_source("journal", "往来记录")
def happened(actor: Actor, subject_ids: Sequence[int], most: int) -> list[Happening]:
    """Visits, hours, coaching: what the journals hold about somebody."""
    pack = releases.current()
    found: list[Happening] = []
    for register in (one for one in pack.registers.values() if one.journal is not None):
        assert register.journal is not None
        to = register.fields[register.journal.about].refers_to
        if to is None or to.register_ not in pack.registers or pack.registers[to.register_].subject != "person":
            continue
        rows = about(seen_by(actor, pack, register), register, subject_ids)
        day = attribute(register.journal.on)
        for row in rows.exclude(**{day: None}).order_by(f"-{day}", "-pk")[:most]:
            title = getattr(row, attribute(register.title_field))
            ref = f"entry:{register.id}/{row.subject_id}"  # type: ignore[attr-defined]
            found.append(Happening(getattr(row, day), f"{register.label}：{title or '没有写内容'}", "", ref))
    return found
