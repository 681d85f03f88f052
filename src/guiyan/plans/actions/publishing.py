"""Publishing: confirmed readings become live tasks and indicators. Measures are taken up by `policies`."""

from __future__ import annotations

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
    unknown = [m.name for m in current.mentions.all() if m.is_unknown]
    if unknown:
        raise Refused(f"还有{len(unknown)}个单位没有认出：{'、'.join(unknown[:5])}。请先在“单位”里选定。", "units")
    open_items = current.items.filter(decision="").count()
    current = workflow.advance(current, "publish", actor=actor, facts={"open_items": open_items})
    confirmed = list(current.items.filter(decision="confirmed").order_by("number"))
    _create_tasks(current, [x for x in confirmed if x.kind == "task"])
    _create_indicators(current, [x for x in confirmed if x.kind == "indicator"], releases.release(current.release))
    current.published_at, current.is_public = calendar.now(), True
    current.save(update_fields=["published_at", "is_public"])
    audit.record(
        actor, "document.publish", f"document:{current.id}", region=current.region, detail={"items": len(confirmed)}
    )
    return current


def _create_tasks(document: Document, items: list[ReviewItem]) -> None:
    codes = {m.name: m.unit_codes for m in document.mentions.all()}
    ids = offices.unit_ids({code for found in codes.values() for code in found})
    tasks = Task.objects.bulk_create(
        Task(
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
        for number, item in enumerate(items, start=1)
    )
    parts = [part for task, item in zip(tasks, items, strict=True) for part in _parts(task, item, codes, ids)]
    TaskUnit.objects.bulk_create(parts)


def _parts(task: Task, item: ReviewItem, codes: dict[str, list[str]], ids: dict[str, int]) -> list[TaskUnit]:
    parts: dict[tuple[str, str], TaskUnit] = {}
    for role, key in (("lead", "lead_units"), ("responsible", "responsible_units")):
        for name in item.values.get(key) or []:
            for code in codes.get(name, []):
                parts.setdefault((code, role), _part(task, code, role, ids[code], len(parts), written_as=name))
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


def _create_indicators(document: Document, items: list[ReviewItem], pack: Pack) -> None:
    Indicator.objects.bulk_create(_indicator(document, item, pack) for item in items)


def _indicator(document: Document, item: ReviewItem, pack: Pack) -> Indicator:
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
