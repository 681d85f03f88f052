"""What the tests of outreach start from: measures in force, people whom they fit, a run as far as it is wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.outreach import actions
from guiyan.outreach.models import MatchRun
from guiyan.policies.actions import confirm_measure
from guiyan.registers import actions as registers
from tests.cases import people

CITY, COUNTY = 421200000000, people.COUNTY
SUBSIDY, GRADUATE, LOAN = "startup-subsidy", "graduate-startup-subsidy", "guarantee-loan-person"


def helin() -> Actor:
    return actor_by_username("helin")


def qinlan() -> Actor:
    return actor_by_username("qinlan")


def in_force(*measures: str) -> None:
    """As if their document had been read and confirmed."""
    for name in measures:
        confirm_measure(
            helin(),
            measure_id=name,
            document_id=1,
            document_title="示例文件",
            section="二（七）",
            quote="示例",
            item_id=1,
            read_amount_yuan=None,
            region=CITY,
        )


def with_lists(folder: Path) -> None:
    """Every list of earlier payments was brought in and has nobody on it, so that it is known who received nothing."""
    for list_id, one in releases.current().lists.items():
        if one.measure:
            people.bring_in(folder, list_id, [])


def undecided(serial: int, name: str = "待问示例") -> int:
    """Somebody of whom only the name is known."""
    values = {"name": name, "id_number": people.id_number(people.BORN, "男", serial)}
    values["residence_region"] = values["hukou_region"] = people.VILLAGE
    return registers.record(SYSTEM, register="person", values=values, source="shared")


def started(*measures: str, area: int = CITY, day: date | None = None, kind: str = "person") -> MatchRun:
    return actions.start_run(
        helin(),
        title="六月返乡创业政策",
        kind=kind,
        measures=measures or (SUBSIDY,),
        area=area,
        day=day or calendar.today(),
    )


def again(run: MatchRun) -> MatchRun:
    return MatchRun.objects.get(pk=run.pk)


def computed(*measures: str, **where: object) -> MatchRun:
    run = started(*measures, **where)  # type: ignore[arg-type]
    jobs.run_pending()
    return again(run)


def approved(*measures: str, **where: object) -> MatchRun:
    run = actions.propose_audience(helin(), run=computed(*measures, **where))
    return actions.approve_audience(qinlan(), run=run)


def sent(*measures: str, **where: object) -> MatchRun:
    run = actions.start_sending(helin(), run=approved(*measures, **where))
    jobs.run_pending()
    return again(run)
