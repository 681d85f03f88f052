"""The list of registrations that came in, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed, region_words
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import short_day
from guiyan.kernel.numbers import day_of
from guiyan.outreach import states
from guiyan.outreach.permissions import LOOK
from guiyan.outreach.queries import LATE

STATES = {**states.ARRIVAL_LABELS, LATE: "联系超期"}


def day_words(actor: Actor, key: Key, value: str) -> str:
    day = day_of(value)
    return short_day(day) if day is not None else ""


LISTS = (
    OfficerList(
        "arrivals:list",
        "首次登记",
        frozenset({LOOK}),
        (
            Filter("state", "情况", fixed(STATES)),
            Filter("day", "收到日期", day_words),
            Filter("county", "县（市、区）", region_words),
            Filter("by", "来源", fixed(states.CAME_BY)),
        ),
        {"day": "收到时间"},
    ),
)
