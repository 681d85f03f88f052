"""The live rows of a document go over to its revision: the same rows, with what they were kept beside what they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.plans.actions.publishing import Offices, create_indicators, create_tasks, indicator_from, task_from
from guiyan.plans.models import Document, Indicator, PlanChange, Task, TaskUnit
from guiyan.plans.revisions import Change

TASK_FIELDS = ("plan", "section_path", "title", "lead_names", "unit_names")
INDICATOR_FIELDS = (
    "definition", "name", "plan", "parent", "comparator", "target", "target_max", "unit", "kind", "period", "deadline",
    "dataset", "explanation", "source", "reporter_kind", "locker_kind",
)  # fmt: skip
TOLD = ("title", "lead_names", "unit_names", "plan", "section_path")
FIGURE = ("comparator", "target", "target_max", "unit", "period", "deadline")
FIGURE_TOLD = ("name", "parent", "plan")
LONGEST = 2000


def carry_over(
    actor: Actor, document: Document, old: Document, changes: Sequence[Change], since: date
) -> dict[str, int]:
    """Every live row of `old` goes over or ends, what is new is made; gives how many of each.

    changes: all of them, decided. Units added by hand stay with their task, unless the document names them now.
    """
    made = _Carrying(actor, document, old, since)
    for change in changes:
        made.take(change)
    return made.finish()


class _Carrying:
    """One revision: rows are gathered and written together."""

    def __init__(self, actor: Actor, document: Document, old: Document, since: date) -> None:
        self.actor, self.document, self.old, self.since = actor, document, old, since
        self.pack = releases.release(document.release)
        self.number = 0
        self.tasks: list[Task] = []
        self.named: list[Task] = []
        self.figures: list[Indicator] = []
        self.ended: list[Task | Indicator] = []
        self.new: list[Change] = []
        self.numbers: dict[int, int] = {}
        self.history: list[PlanChange] = []

    def take(self, change: Change) -> None:
        if change.old is None:
            if change.decided == "accepted":
                self.new.append(change)
                self._count(change)
            return
        row = change.old.row
        if row is None:  # measures have no row: `policies` confirms them anew
            return
        if change.decided == "kept":
            self._keep(row, change)
        elif change.new is None:
            self._end(row, change)
        elif isinstance(row, Task):
            self._task(row, change)
        else:
            self._indicator(row, change)

    def _count(self, change: Change) -> int:
        """The next number in the revised document, for tasks."""
        if change.kind == "task":
            self.number += 1
            if change.new is not None:
                self.numbers[change.new.item.id] = self.number
        return self.number

    def _keep(self, row: Task | Indicator, change: Change) -> None:
        """The row lives on under the revised document as it was, on its old words."""
        row.document = self.document
        if isinstance(row, Task):
            row.number = self._count(change)
            self.tasks.append(row)
        else:
            self.figures.append(row)
        self._remember(row, change, "kept", {}, {})

    def _end(self, row: Task | Indicator, change: Change) -> None:
        row.ended_on, row.ended_reason = self.since, change.decision.reason if change.decision else ""
        self.ended.append(row)
        self._remember(row, change, "gone", {}, {})

    def _task(self, row: Task, change: Change) -> None:
        assert change.new is not None
        fresh = task_from(self.document, change.new.item, self._count(change))
        before, after = _moved_fields(row, fresh, TASK_FIELDS, TOLD)
        row.document, row.item, row.number = self.document, change.new.item, fresh.number
        self.tasks.append(row)
        self.named.append(row)
        if "wording" in change.difference.aspects:
            assert change.old is not None
            before["words"], after["words"] = change.old.words[:LONGEST], change.new.words[:LONGEST]
        if change.verdict != "same":
            self._remember(row, change, change.verdict, before, after)

    def _indicator(self, row: Indicator, change: Change) -> None:
        assert change.new is not None
        fresh = indicator_from(self.document, change.new.item, self.pack)
        figure = FIGURE if any(getattr(row, name) != getattr(fresh, name) for name in FIGURE) else ()
        before = {name: _plain(getattr(row, name)) for name in figure}
        after = {name: _plain(getattr(fresh, name)) for name in figure}
        if row.sample_target is not None and row.target != fresh.target:
            row.sample_target = _in_proportion(row.sample_target, row.target, fresh.target)
        told = _moved_fields(row, fresh, INDICATOR_FIELDS, FIGURE_TOLD)
        before, after = before | told[0], after | told[1]
        row.document, row.item = self.document, change.new.item
        self.figures.append(row)
        if change.verdict != "same":
            self._remember(row, change, change.verdict, before, after)

    def _remember(
        self, row: Task | Indicator, change: Change, verdict: str, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        self.history.append(
            PlanChange(
                task=row if isinstance(row, Task) else None,
                indicator=row if isinstance(row, Indicator) else None,
                from_document=self.old,
                to_document=self.document,
                verdict=verdict,
                before=before,
                after=after,
                reason=change.decision.reason if change.decision else "",
                since=self.since,
                changed_by=self.actor.label,
                changed_at=calendar.now(),
                region=row.region,
            )
        )

    def finish(self) -> dict[str, int]:
        """Write what was gathered. New tasks come after the old ones have moved: a number is held once a document."""
        Task.objects.bulk_update(self.tasks, ["document", "item", "number", *TASK_FIELDS])
        Indicator.objects.bulk_update(self.figures, ["document", "item", "sample_target", *INDICATOR_FIELDS])
        ended = ["ended_on", "ended_reason"]
        Task.objects.bulk_update([x for x in self.ended if isinstance(x, Task)], ended)
        Indicator.objects.bulk_update([x for x in self.ended if isinstance(x, Indicator)], ended)
        _rename_units(self.document, self.named)
        items = [change.new.item for change in self.new if change.new is not None]
        create_tasks(self.document, [(self.numbers[x.id], x) for x in items if x.kind == "task"])
        create_indicators(self.document, [x for x in items if x.kind == "indicator"])
        PlanChange.objects.bulk_create(self.history)
        return {
            "carried": len(self.tasks) + len(self.figures),
            "changed": sum(x.verdict not in ("kept", "gone") for x in self.history),
            "kept": sum(x.verdict == "kept" for x in self.history),
            "ended": len(self.ended),
            "new": len(items),
        }


def _in_proportion(value: Decimal, old: Decimal | None, new: Decimal | None) -> Decimal | None:
    """The target of a demonstration after the printed one went from `old` to `new`; None where either is none."""
    return value * new / old if old and new is not None else None


def _moved_fields(
    row: Task | Indicator, fresh: Task | Indicator, fields: Sequence[str], told: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the fields from the fresh row; (before, after) of those that differ and are told."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in fields:
        old, new = getattr(row, name), getattr(fresh, name)
        if old != new and name in told:
            before[name], after[name] = _plain(old), _plain(new)
        setattr(row, name, new)
    return before, after


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _rename_units(document: Document, tasks: Sequence[Task]) -> None:
    """The parts of units as the revised document names them; a part that stays is the same row."""
    offices = Offices(document)
    kept: dict[int, dict[tuple[str, str], TaskUnit]] = {task.id: {} for task in tasks}
    for part in TaskUnit.objects.filter(task__in=tasks):
        kept[part.task_id][part.unit_code, part.role] = part
    gone: list[int] = []
    changed: list[TaskUnit] = []
    new: list[TaskUnit] = []
    for task in tasks:
        wanted = {(part.unit_code, part.role): part for part in offices.parts(task)}
        named = {code for code, _ in wanted}
        for key, part in kept[task.id].items():
            if key in wanted:
                part.written_as, part.position = wanted[key].written_as, wanted[key].position
                changed.append(part)
            elif part.role != "added" or part.unit_code in named:
                gone.append(part.id)
        new += [part for key, part in wanted.items() if key not in kept[task.id]]
    TaskUnit.objects.filter(id__in=gone).delete()
    TaskUnit.objects.bulk_update(changed, ["written_as", "position"])
    TaskUnit.objects.bulk_create(new)
