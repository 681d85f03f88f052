"""Publishing: confirmed readings become live tasks and indicators. Measures are taken up by `policies`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from guiyan import packs
from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.packs import Pack
from guiyan.plans.models import Document, Indicator, ReviewItem, Task, TaskUnit


@transaction.atomic
def publish_document(actor: Actor, *, document: Document) -> Document:
    """Put a reviewed document in force: its tasks get their units, its indicators their 口径.

    Raises Refused while an item is undecided or a unit's name unknown.
    """
    current = Document.objects.select_for_update().get(id=document.id)
    require(actor, "document.publish", current)
    if current.revises_id is not None:
        raise Refused("这是一份修订件，请在“修订对照”里逐处定了再发布，原来的进展才接得上。", "revision")
    current = put_in_force(actor, current)
    confirmed = list(current.items.filter(decision="confirmed").order_by("number"))
    create_tasks(current, [(n, x) for n, x in enumerate((x for x in confirmed if x.kind == "task"), start=1)])
    create_indicators(current, [x for x in confirmed if x.kind == "indicator"])
    detail = {"items": len(confirmed)}
    audit.record(actor, "document.publish", f"document:{current.id}", region=current.region, detail=detail)
    return current


def put_in_force(actor: Actor, document: Document) -> Document:
    """The document itself, without what it obliges to. Raises Refused while something in it is not settled."""
    unknown = [m.name for m in document.mentions.all() if m.is_unknown]
    if unknown:
        raise Refused(f"还有{len(unknown)}个单位没有认出：{'、'.join(unknown[:5])}。请先在“单位”里选定。", "units")
    open_items = document.items.filter(decision="").count()
    document = workflow.advance(document, "publish", actor=actor, facts={"open_items": open_items})
    document.published_at, document.is_public = calendar.now(), True
    document.save(update_fields=["published_at", "is_public"])
    return document


def create_tasks(document: Document, items: Sequence[tuple[int, ReviewItem]]) -> list[Task]:
    """New live tasks by their numbers, with the units of each."""
    offices_of = Offices(document)
    tasks = Task.objects.bulk_create(task_from(document, item, number) for number, item in items)
    TaskUnit.objects.bulk_create(part for task in tasks for part in offices_of.parts(task))
    return tasks


def task_from(document: Document, item: ReviewItem, number: int) -> Task:
    """The live task that a confirmed reading makes; not saved."""
    return Task(
        document=document,
        item=item,
        number=number,
        plan=item.plan,
        section_path=item.section_path,
        title=item.values["title"],
        lead_names=item.values.get("lead_units") or [],
        unit_names=item.values.get("responsible_units") or [],
        region=document.region,
    )


class Offices:
    """The units that the names in a document stand for; read once."""

    def __init__(self, document: Document) -> None:
        self.codes = {m.name: m.unit_codes for m in document.mentions.all()}
        self.ids = offices.unit_ids({code for found in self.codes.values() for code in found})

    def parts(self, task: Task) -> list[TaskUnit]:
        """A unit's part for each name of the task, each once in a role; not saved."""
        parts: dict[tuple[str, str], TaskUnit] = {}
        for role, names in (("lead", task.lead_names), ("responsible", task.unit_names)):
            for name in names:
                for code in self.codes.get(name, []):
                    part = _part(task, code, role, self.ids[code], len(parts), written_as=name)
                    parts.setdefault((code, role), part)
        return list(parts.values())


def _part(task: Task, code: str, role: str, unit_id: int, position: int, *, written_as: str = "") -> TaskUnit:
    return TaskUnit(
        task=task,
        unit_code=code,
        role=role,
        written_as=written_as,
        position=position,
        region=task.region,
        unit_id=unit_id,
    )


def create_indicators(document: Document, items: Sequence[ReviewItem]) -> list[Indicator]:
    """New live indicators with their 口径 as the release of the document declares it."""
    pack = releases.release(document.release)
    return Indicator.objects.bulk_create(indicator_from(document, item, pack) for item in items)


def indicator_from(document: Document, item: ReviewItem, pack: Pack) -> Indicator:
    """The live indicator that a confirmed reading makes; not saved."""
    values = item.values
    known = pack.indicators.get(item.links_to) if item.links_to else None
    return Indicator(
        document=document,
        item=item,
        definition=item.links_to if known else "",
        name=values["name"],
        plan=item.plan,
        parent=values.get("parent") or "",
        comparator=values.get("comparator") or "=",
        target=_number(values.get("value")),
        target_max=_number(values.get("value_max")),
        unit=values.get("unit") or "",
        kind=values.get("kind") or "count",
        period=values.get("period") or "",
        deadline=values.get("deadline"),
        **_how_counted(known),
        region=document.region,
    )


def _how_counted(known: packs.Indicator | None) -> dict[str, str]:
    """The 口径 as the pack declares it; nothing while the figure has no definition."""
    if known is None:
        return {}
    return {
        "dataset": known.computed.dataset if known.computed else "",
        "explanation": known.definition,
        "source": known.source,
        "reporter_kind": known.reporter_kind,
        "locker_kind": known.locker_kind,
    }


def _number(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


@transaction.atomic
def add_task_unit(actor: Actor, *, task: Task, unit_code: str) -> TaskUnit:
    """Add a unit the document does not name (增列), by hand and marked as such."""
    require(actor, "plan.manage", task)
    if task.document.state != "in_force":
        raise Refused("文件已经不在执行中，不能再增列单位。", "ended")
    unit = offices.find_unit(unit_code)
    if unit is None:
        raise Refused("没有这个单位，请从列表里选。", "unit")
    if task.units.filter(unit_code=unit_code).exists():
        raise Refused(f"{unit.short_name}已经在这项任务里。", "repeated")
    part = _part(task, unit_code, "added", unit.id, task.units.count())
    part.save()
    audit.record(actor, "plan.add_unit", f"task:{task.id}", region=task.region, detail={"unit": unit_code})
    return part


@transaction.atomic
def remove_task_unit(actor: Actor, *, part: TaskUnit) -> None:
    """Take out a unit that was added by hand; those the document names stay."""
    require(actor, "plan.manage", part.task)
    if part.role != "added":
        raise Refused("文件写明的责任单位不能移除。", "from-document")
    audit.record(actor, "plan.remove_unit", f"task:{part.task_id}", region=part.region, detail={"unit": part.unit_code})
    part.delete()


@transaction.atomic
def drop_document(actor: Actor, *, document: Document, reason: str) -> Document:
    """Discard an import that was a mistake, before anything of it is in force."""
    require(actor, "document.review", document)
    return workflow.advance(document, "drop", actor=actor, reason=reason)
