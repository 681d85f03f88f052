"""What is late and so may be ordered: red lights of the city and of counties, overdue tasks, reports not locked."""

from __future__ import annotations

from datetime import date

from guiyan.accounts.models import Region, Unit
from guiyan.insights.parts import now_parts, value_words, with_parts
from guiyan.insights.standing import Standing, by_place
from guiyan.kernel.calendar import short_day
from guiyan.kernel.releases import current
from guiyan.plans import actions, queries
from guiyan.plans.models import Indicator, Task
from guiyan.plans.models.amounts import amount_words
from guiyan.plans.queries import supervision
from guiyan.plans.queries.reported import late_figures

RED_LIGHT = "请查明原因，提出措施和完成时间。"
LATE_TASK = "请说明没有按期完成的原因，写明下一步措施和完成时间。"


def ask_for_reports() -> str:
    """What is asked for late reports: within the time in which the order itself is answered."""
    return f"请在{supervision.answer_days()}个工作日内完成填报和审核，并说明迟报原因。"


def cause_of(indicator: Indicator, place: int, day: date) -> str:
    """A red light is one cause a quarter."""
    return f"indicator:{indicator.id}:{place}:{day.year}Q{(day.month + 2) // 3}"


def task_cause(task: Task) -> str:
    return f"task:{task.id}:{task.due_on}"


def figure_cause(figure_id: int) -> str:
    return f"figure:{figure_id}"


def figure_of_cause(cause: str) -> int:
    """The report that a cause of its kind is about."""
    return int(cause.removeprefix("figure:"))


def demand_of(found: Standing, place_name: str, ask: str = RED_LIGHT) -> str:
    """The words of an order for a red light: where it stands on the day, then what is asked."""
    x = found.indicator
    figure = with_parts(value_words(found), now_parts(found)) or "还没有数"
    goal = amount_words(found.target, x.unit) if found.target is not None else "—"
    return (
        f"截至{short_day(found.as_of)}，{place_name}{x.full_name}{figure}，"
        f"目标{x.bound_words}{goal}，{found.words}。{ask}"
    )


class Owners:
    """The unit that answers for an indicator in a place: the bureau of the kind that reports it. Read once."""

    def __init__(self) -> None:
        rows = Unit.objects.filter(valid_to=None).values_list("region", "kind", "code").order_by("id")
        self.codes: dict[tuple[int, str], str] = {}
        for region, kind, code in rows.filter(region__in=[int(current().city.region), *_counties()]):
            self.codes.setdefault((region, kind), code)

    def of(self, indicator: Indicator, place: int) -> str:
        return self.codes.get((place, indicator.reporter_kind), "")


def _counties() -> list[int]:
    return list(Region.objects.filter(level="county").values_list("code", flat=True))


def propose_orders(on: date) -> int:
    """Propose an order for everything late; what was proposed before is not proposed again. Gives how many are new."""
    owners, names = Owners(), dict(Region.objects.filter(level__in=("city", "county")).values_list("code", "name"))
    live = list(queries.indicators())
    known = supervision.known_causes()
    red = [
        (place, found)
        for place, listed in by_place(live, list(names), on).items()
        for found in listed
        if found.light == "late" and found.value is not None and cause_of(found.indicator, place, on) not in known
    ]
    made = sum(_red(found, place, names[place], owners.of(found.indicator, place), on) for place, found in red)
    tasks = sum(_task(task) for task in queries.late_tasks(on) if task_cause(task) not in known)
    return made + tasks + _reports(on, names, known)


def _red(found: Standing, place: int, name: str, unit: str, on: date) -> bool:
    """Not while the unit holds an open order on that number; once it is closed and the light still red, it is."""
    indicator = found.indicator
    if not unit or supervision.open_order_on(indicator, unit) is not None:
        return False
    return actions.propose_order(
        cause=cause_of(indicator, place, on),
        kind="indicator",
        title=f"{name}{indicator.full_name}",
        text=demand_of(found, name),
        unit_code=unit,
        place=place,
        indicator=indicator,
    )


def leads_of(task: Task) -> list[str]:
    """Codes of those who answer for a task: settled, else as the document names them, else its first unit."""
    if task.decided_lead:
        return [task.decided_lead]
    parts = list(task.units.all())
    return [part.unit_code for part in parts if part.role == "lead"] or [part.unit_code for part in parts[:1]]


def _task(task: Task) -> int:
    due = task.due_on
    when = f"应在{short_day(due)}前完成，已经超期。" if due else ""
    return sum(
        actions.propose_order(
            cause=task_cause(task),
            kind="task",
            title=task.title,
            text=f"“{task.title[:100]}”{when}{LATE_TASK}",
            unit_code=unit,
            place=task.region,
            task=task,
        )
        for unit in leads_of(task)
    )


def _reports(on: date, names: dict[int, str], known: set[str]) -> int:
    found = [x for x in late_figures(on) if figure_cause(x.id) not in known]
    codes = dict(Unit.objects.filter(id__in={x.unit_id for x in found}).values_list("id", "code"))
    ask = ask_for_reports()
    return sum(
        actions.propose_order(
            cause=figure_cause(x.id),
            kind="figure",
            title=f"{names.get(x.place, '')}{x.indicator.full_name}{x.period_words}迟报",
            text=f"{x.indicator.full_name}{x.period_words}的数应在{short_day(x.due_on)}前锁定。{ask}",
            unit_code=codes[x.unit_id],
            place=x.place,
            indicator=x.indicator,
        )
        for x in found
    )
