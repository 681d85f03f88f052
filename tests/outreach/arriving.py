"""Registrations that come in, as the market regulator would send them; nobody's number was ever given out."""

from __future__ import annotations

from datetime import date
from typing import Any

from guiyan.kernel import jobs, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.outreach import actions, states
from guiyan.outreach.actions import Came, Result
from guiyan.outreach.models import Arrival
from guiyan.outreach.records import RecordReader, trigger_of
from guiyan.packs.trigger import Trigger
from guiyan.registers.sample.numbers import credit_code, id_number
from tests.outreach.stage import CITY

BORN = date(1992, 8, 17)
TOWN, TOWN_NAME = 421224107000, "通山县大畈镇"


def trigger() -> Trigger:
    found = trigger_of("registrations")
    assert found is not None
    return found


def number(founder: int) -> str:
    return id_number(BORN, "女", founder)


def record(serial: int = 1, founder: int | None = 1, **changed: Any) -> dict[str, Any]:
    """As it is sent: registration `serial`, founded by founder number `founder` (None: nobody is named)."""
    named = {
        "founder_name": f"示例{founder}",
        "founder_id_number": number(founder or 0),
        "founder_phone": "15412345678",
    }
    return {
        "number": f"鄂登2026-{serial:05d}",
        "name": f"通山县云水民宿{serial}",
        "credit_code": credit_code("individual", 70_000 + serial),
        "kind": "individual",
        "registered_region": TOWN_NAME,
        "registered_on": "2026-06-05",
        "industry": "H61",
        "size": "micro",
        **(named if founder is not None else {}),
        **changed,
    }


def sent(*records: dict[str, Any], run: bool = True) -> list[Result]:
    """What became of them; what the first ones set off is done too, unless `run` is off."""
    reader = RecordReader(releases.current(), trigger())
    read = [reader.read(one, row) for row, one in enumerate(records, start=1)]
    came = Came(states.API, "市市场监管局（注册登记共享）", CITY)
    results = actions.take_records(SYSTEM, trigger=trigger(), records=read, came=came)
    if run:
        jobs.run_pending()
    return results


def arrival(serial: int = 1) -> Arrival:
    return Arrival.objects.get(number=f"鄂登2026-{serial:05d}")
