"""Who may be chosen for a relation: the entries of its register, with their place, their room and whom they have.

Read in the system's scope: a city's mentor serves a county whose officers see nothing above it. Names, places and
numbers of people served are all that leaves here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Model

from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field
from guiyan.packs.relation import StandingRelation
from guiyan.registers.models import Relation, Subject
from guiyan.registers.models.relation import CURRENT
from guiyan.registers.schema.columns import child_table
from guiyan.registers.tables import attribute, table_of


@dataclass(frozen=True)
class Helper:
    """Somebody who may be given; load: how many she has now (each person once, merged or not)."""

    subject_id: int
    name: str
    note: str
    area: int
    capacity: int
    load: int
    phone: str
    account: str
    skills: frozenset[str]

    @property
    def room(self) -> int:
        return max(0, self.capacity - self.load)

    def serves(self, region: int) -> bool:
        low, high = subtree(self.area)
        return low <= region < high


def relation_of(kind: str, pack: Pack | None = None) -> StandingRelation:
    """The declared relation. Raises NotFound with the names there are."""
    declared = (pack or releases.current()).relations
    if kind not in declared:
        names = "、".join(f"{one.id}（{one.label}）" for one in declared.values())
        raise NotFound(f"没有这种对接关系“{kind}”。现有：{names}。")
    return declared[kind]


def helpers_for(declared: StandingRelation, *, only: Sequence[int] | None = None) -> list[Helper]:
    """All helpers of a relation by name, or those of these subjects. Four queries."""
    pack = releases.current()
    with entered(Scope.system()):
        rows = table_of(pack, declared.by)._default_manager.filter(state="active")
        if only is not None:
            rows = rows.filter(subject_id__in=only)
        found = list(rows.order_by(attribute("name") if "name" in pack.registers[declared.by].fields else "id", "id"))
        loads = loads_of(declared.id)
        field = pack.registers[declared.by].fields[declared.fit.field] if declared.fit else None
        skills = skills_of(declared.by, field, [row.pk for row in found]) if field else {}
        ids = [row.subject_id for row in found]  # type: ignore[attr-defined]
        same = dict(Subject.objects.filter(pk__in=ids).values_list("pk", "canonical_id"))
    title = pack.registers[declared.by].title_field
    return [helper_from(declared, title, row, loads.get(same[row.subject_id], 0), skills.get(row.pk)) for row in found]  # type: ignore[attr-defined]


def helper_from(declared: StandingRelation, title: str, row: Model, load: int, skills: frozenset[str] | None) -> Helper:
    def said(field: str | None) -> str:
        return str(getattr(row, attribute(field)) or "") if field else ""

    return Helper(
        subject_id=row.subject_id,  # type: ignore[attr-defined]
        name=said(title),
        note=said(declared.note_field),
        area=getattr(row, attribute(declared.area_field)) or 0,
        capacity=getattr(row, attribute(declared.capacity_field)) or 0,
        load=load,
        phone=said(declared.phone_field),
        account=said(declared.account_field),
        skills=skills or frozenset(),
    )


def loads_of(kind: str) -> dict[int, int]:
    """Canonical helper → how many people (canonical) she has now."""
    rows = Relation.objects.filter(CURRENT, kind=kind).values("from_subject_id")
    counted = {row["from_subject_id"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    same = Subject.objects.filter(pk__in=counted).values_list("pk", "canonical_id")
    loads: dict[int, int] = {}
    for pk, canonical in same:
        loads[canonical] = loads.get(canonical, 0) + counted[pk]
    return loads


def skills_of(register: str, field: Field, entry_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Entry → the values of one list field, for all entries in one query."""
    found: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT entry_id, value FROM "{child_table(register, field.id)}" WHERE entry_id = ANY(%s)',
            [list(entry_ids)],
        )
        for entry_id, value in cursor.fetchall():
            found.setdefault(entry_id, set()).add(value)
    return {entry_id: frozenset(values) for entry_id, values in found.items()}
