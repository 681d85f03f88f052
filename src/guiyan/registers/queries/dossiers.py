"""One person's file as an officer may see it: who she is, her entries, where her sources differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Field, Register
from guiyan.registers import states
from guiyan.registers.models import Assertion, Hat, ImportRun, Relation, Subject
from guiyan.registers.queries.entries import label_of
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.rights.shutting import blocked_among
from guiyan.registers.timelines import Happening, timeline_source
from guiyan.registers.values import Value, from_json


@dataclass(frozen=True)
class Known:
    """A person an officer may open. subject_id: canonical; ids: every id she is known by; region: hers, in reach."""

    subject_id: int
    ids: tuple[int, ...]
    name: str
    region: int


def known_person(
    actor: Actor, subject_id: int, permission: str = "dossier.view", kinds: Sequence[str] = (states.PERSON,)
) -> Known:
    """The person, where the actor holds the permission for her home or one of her entries. Raises NotFound.

    Merged ids lead to the one person. kinds: firms too, where a service is logged for one that nobody holds.
    """
    ids = same_as(subject_id)
    if actor.kind != "system" and blocked_among(ids):
        raise NotFound("本人的数据已封存，要看的，在“封存的数据”里写明原因。")
    subjects = Subject.objects.filter(pk__in=ids, kind__in=kinds).order_by("pk")
    found = visible(actor, permission, subjects, unit=None, subject=None).first()
    hat = None
    if found is None:
        hats = Hat.objects.filter(subject_id__in=ids).order_by("pk")
        hat = visible(actor, permission, hats, unit=None, subject=None).first()
    with entered(Scope.system()):
        root = Subject.objects.filter(pk=ids[0], kind__in=kinds).first()
    if root is None or (found is None and hat is None):
        raise NotFound
    region = found.region if found is not None else hat.region if hat is not None else root.region
    return Known(root.pk, tuple(ids), root.display_name, region)


@dataclass(frozen=True)
class Conflict:
    """A field of which two sources say different things: what the others say, with whom and when.

    values: empty for sealed fields, of which only that they differ is known here.
    """

    field: Field
    others: tuple[tuple[str, Value, date], ...]


def conflicts_of(register: Register, ids: Sequence[int], shown: Mapping[str, Value]) -> dict[str, Conflict]:
    """Field → what other sources say otherwise, each by its newest report. One query.

    shown: field → the value that the entry shows; a field that is not shown is not told of either.
    """
    undone = ImportRun.objects.filter(register=register.id).exclude(undone_at=None).values("pk")
    told = Assertion.objects.filter(Q(import_id=None) | ~Q(import_id__in=undone), register=register.id)
    newest: dict[tuple[str, str], tuple[object, date]] = {}
    for row in told.filter(subject_id__in=ids).order_by("at", "pk"):
        for name, value in row.fields.items():
            if value is not None:
                newest[name, row.source] = (value, row.at)
    by_field: dict[str, dict[str, tuple[object, date]]] = defaultdict(dict)
    for (name, source), said in newest.items():
        by_field[name][source] = said
    found: dict[str, Conflict] = {}
    for name, by_source in by_field.items():
        field = register.fields.get(name)
        if (
            field is None
            or field.retired
            or name not in shown
            or len({sameness(value) for value, _ in by_source.values()}) < 2
        ):
            continue
        others = tuple(
            (label_of(register, source), None if field.encrypted else read, day)
            for source, (value, day) in by_source.items()
            for read in [None if field.encrypted else from_json(field, value)]
            if field.encrypted or read != shown.get(name)
        )
        found[name] = Conflict(field, others)
    return found


def sameness(value: object) -> str:
    """What two values are compared by: the digest of a sealed one, else the value as it is written."""
    if isinstance(value, dict) and "digest" in value:
        return str(value["digest"])
    return repr(sorted(value, key=str) if isinstance(value, list) else value)


@timeline_source("register", "名录")
def reports(actor: Actor, subject_ids: Sequence[int], most: int) -> list[Happening]:
    """Who reported what into which register, by day; what the reports say is in the entries."""
    registers = releases.current().registers
    rows = Assertion.objects.filter(subject_id__in=subject_ids)
    seen = visible(actor, "dossier.view", rows, unit=None, subject=None).order_by("-at", "-pk")[:most]
    found: list[Happening] = []
    for row in seen:
        if (register := registers.get(row.register)) is not None:
            title = f"{register.label}：{label_of(register, row.source)}报了{len(row.fields)}项"
            found.append(Happening(row.at, title, row.basis, f"entry:{row.register}/{row.subject_id}"))
    return found


@timeline_source("relation", "对接")
def given(actor: Actor, subject_ids: Sequence[int], most: int) -> list[Happening]:
    """Who was given to her, and who no longer is."""
    declared = releases.current().relations
    rows = Relation.objects.filter(to_subject_id__in=subject_ids, assigned_at__isnull=False)
    seen = list(visible(actor, "dossier.view", rows, unit=None, subject=None).order_by("-assigned_at")[:most])
    with entered(Scope.system()):
        ids = [row.from_subject_id for row in seen]
        names = dict(Subject.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    found: list[Happening] = []
    for row in seen:
        label, name = declared[row.kind].label if row.kind in declared else row.kind, names.get(row.from_subject_id)
        if row.assigned_at is not None:
            why = "，".join(one for one in (row.assigned_by, row.reason) if one)
            found.append(Happening(row.assigned_at, f"{label}：{name}", why))
        if row.ended_at is not None:
            why = "，".join(one for one in (row.ended_by, row.end_reason) if one)
            found.append(Happening(row.ended_at, f"不再由{name}担任{label}", why))
    return found
