"""What does not fit together in the plans in force, found from live rows; each with what it is about, what to do.

Rules over rows already read: `queries.findings` reads them. A finding's mark changes with the facts it rests on, so a
dismissal is of these facts and no others.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guiyan.accounts.models import Unit
from guiyan.plans.matching import bare
from guiyan.plans.models import Indicator, PlanChange, Task, TaskUnit

KINDS = {
    "differ": "两份文件数字不同",
    "repeated": "两份文件重复写",
    "leads": "不止一个牵头单位",
    "late": "过期没有结果",
    "split": "县区分解合不上",
    "unit": "单位已经撤销",
    "no-lead": "没有牵头单位",
}
Row = Task | Indicator


@dataclass(frozen=True, slots=True)
class Said:
    """A clause that a finding is about: the live row and its words of now (不少于10,000人, 市人社局牵头)."""

    row: Row
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """key: the same as long as it is about the same rows. next_step: what to do. page: where, and of which row."""

    kind: str
    key: str
    mark: str
    title: str
    why: str
    said: tuple[Said, ...]
    units: tuple[str, ...]
    next_step: str
    page: str

    @property
    def documents(self) -> set[int]:
        return {each.row.document_id for each in self.said}


def finding(
    kind: str,
    rows: Sequence[Said],
    why: str,
    next_step: str,
    *,
    facts: Iterable[object],
    about: str = "",
    units: Iterable[str] = (),
    page: str = "",
) -> Finding:
    """about: what else than the rows tells it from others of its kind (a unit, a year)."""
    ids = ",".join(f"{'task' if isinstance(x.row, Task) else 'indicator'}:{x.row.pk}" for x in rows)
    key = f"{kind}:{ids}" + (f":{about}" if about else "")
    mark = hashlib.sha256(repr([*map(str, facts)]).encode()).hexdigest()[:16]
    first = rows[0].row
    title = first.title if isinstance(first, Task) else first.full_name
    where = page or ("task" if isinstance(first, Task) else "indicator")
    return Finding(kind, key[:160], mark, title, why, tuple(rows), tuple(dict.fromkeys(units)), next_step, where)


def same_figures(indicators: Sequence[Indicator]) -> list[Finding]:
    """One indicator promised in two documents for the same time, with the same figure or with another."""
    groups: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    for x in indicators:
        name = x.definition or bare(x.parent + x.name)
        groups[name, x.unit, x.period, str(x.deadline or "")].append(x)
    return [_same_figure(found) for found in groups.values() if len({x.document_id for x in found}) > 1]


def _same_figure(found: list[Indicator]) -> Finding:
    rows = [Said(x, f"{x.period_words}{x.target_words}" if x.period else x.target_words) for x in found]
    facts = [(x.pk, x.comparator, x.target, x.target_max) for x in found]
    figures = {(x.comparator, x.target, x.target_max) for x in found}
    if len(figures) == 1:
        why = f"{len(found)}处都写{found[0].target_words}。"
        return finding("repeated", rows, why, "确认只考核一次、由一个单位填报；各算各的，请写明口径不同。", facts=facts)
    why = f"{len(found)}处写的数不一样：{'、'.join(dict.fromkeys(x.target_words for x in found))}。"
    return finding(
        "differ", rows, why, "核对以哪一份为准，请另一份的起草单位修订；口径不同的，写明不同在哪里。", facts=facts
    )


def leads_of(task: Task) -> list[str]:
    """Who was settled to lead, else all whom the document names, as it writes them; a collective is one."""
    if task.decided_lead:
        return [task.lead_name]
    return list(dict.fromkeys(part.written_as or part.unit_code for part in task.units.all() if part.role == "lead"))


def codes_of(*tasks: Task) -> list[str]:
    return [part.unit_code for task in tasks for part in task.units.all()]


def two_leads(tasks: Sequence[Task]) -> list[Finding]:
    """Two who lead one task: in its own line, or in two documents that set the same task."""
    found = []
    for task in tasks:
        leads = leads_of(task)
        if len(leads) > 1:
            why = f"写了{len(leads)}个牵头单位：{'、'.join(leads)}。"
            rows, units = [Said(task, f"{'、'.join(leads)}牵头")], codes_of(task)
            found.append(
                finding("leads", rows, why, "请定一个总牵头，或者写明各牵头哪一段。", facts=leads, units=units)
            )
    groups: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        groups[bare(task.title)].append(task)
    return found + [_other_lead(same) for same in groups.values() if _leads_differ(same)]


def _leads_differ(same: Sequence[Task]) -> bool:
    led = [task for task in same if leads_of(task)]
    return len({task.document_id for task in led}) > 1 and len({tuple(sorted(leads_of(x))) for x in led}) > 1


def _other_lead(same: Sequence[Task]) -> Finding:
    led = [task for task in same if leads_of(task)]
    rows = [Said(task, f"{'、'.join(leads_of(task))}牵头") for task in led]
    why = f"同一项任务，{len(led)}处牵头单位不一样：{'、'.join(dict.fromkeys(n for x in led for n in leads_of(x)))}。"
    facts = [(task.pk, leads_of(task)) for task in led]
    return finding("leads", rows, why, "请明确由谁总牵头，另一份文件的任务并过去。", facts=facts, units=codes_of(*led))


def without_lead(tasks: Sequence[Task]) -> list[Finding]:
    """Several units and nobody who leads; a single unit needs no word for it. No unit at all is worse."""
    found = []
    for task in tasks:
        names = list(dict.fromkeys(part.written_as or part.unit_code for part in task.units.all()))
        if leads_of(task) or len(names) == 1:
            continue
        why = f"{count_units(task)}个责任单位，没有写谁牵头。" if names else "没有写责任单位。"
        step = "请定一个牵头单位并书面明确。" if names else "请给任务增列责任单位。"
        said = [Said(task, "、".join(names) or "没有写责任单位")]
        found.append(finding("no-lead", said, why, step, facts=sorted(codes_of(task)), units=codes_of(task)))
    return found


def count_units(task: Task) -> int:
    """How many units share a task, each once: a name for all counties counts as the counties."""
    return len({part.unit_code for part in task.units.all()})


def late_tasks(tasks: Sequence[Task], today: date) -> list[Finding]:
    return [
        finding(
            "late",
            [Said(task, f"应在{_day(task.due_on)}前完成")],
            f"过了{(today - task.due_on).days}天，没有记为完成。",
            "已经完成的请记为完成；没有完成的请督办，或者写明理由改期限。",
            facts=[task.due_on],
            units=codes_of(task),
        )
        for task in tasks
        if task.due_on is not None and task.due_on < today and task.done_on is None
    ]


def late_figures(indicators: Sequence[Indicator], with_result: set[int], today: date) -> list[Finding]:
    """Promised for a year that is over, and no figure was locked or computed for it."""
    found = []
    for x in indicators:
        year = last_year_of(x)
        if year is not None and year < today.year and x.pk not in with_result:
            said = [Said(x, f"{x.period_words}{x.target_words}")]
            why = f"{year}年已经过去，没有这个指标的数。"
            found.append(finding("late", said, why, "请填报并锁定结果；不再考核的，请修订文件。", facts=[year]))
    return found


def last_year_of(indicator: Indicator) -> int | None:
    """The year by which it is promised, if the document says one."""
    return int(indicator.period[3:]) if indicator.period.startswith("by:") else indicator.deadline


def broken_split(indicator: Indicator, year: int, faults: Sequence[str], change: PlanChange | None) -> Finding:
    """Shares of the counties that no longer make the target."""
    why = f"{year}年：{'；'.join(faults)}。"
    if change is not None:
        why += f"目标在{_day(change.since)}起改过。"
    said = [Said(indicator, indicator.target_words)]
    step = "请重新分解，写明调整理由，再报下达。"
    facts = [year, indicator.goal, *faults]
    return finding("split", said, why, step, facts=facts, about=str(year), page="split")


def ended_units(tasks: Sequence[Task], units: dict[str, Unit], today: date) -> list[Finding]:
    """A unit with a part in a live task that is no more, or that nobody knows."""
    found = []
    for task in tasks:
        for part in task.units.all():
            unit = units.get(part.unit_code)
            if unit is None or (unit.valid_to is not None and unit.valid_to < today):
                found.append(_ended_unit(task, part, unit))
    return found


def _ended_unit(task: Task, part: TaskUnit, unit: Unit | None) -> Finding:
    name = part.written_as or (unit.name if unit else part.unit_code)
    if unit is None or unit.valid_to is None:
        why, step = f"“{name}”不在单位名录里。", "请给任务增列现在负责的单位。"
    else:
        heir = unit.successor.name if unit.successor else ""
        why = f"{name}已于{_day(unit.valid_to)}撤销" + (f"，由{heir}承接。" if heir else "，没有登记承接单位。")
        step = f"请给任务增列{heir}。" if heir else "请给任务增列承接的单位。"
    facts = [part.unit_code, unit.valid_to if unit else None]
    return finding("unit", [Said(task, name)], why, step, facts=facts, about=part.unit_code, units=[part.unit_code])


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
