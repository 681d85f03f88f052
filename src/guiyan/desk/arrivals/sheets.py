"""The list as Excel, with the filters of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import FileResponse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.arrivals.views import asked
from guiyan.desk.sheets import excel
from guiyan.kernel import audit, calendar
from guiyan.outreach import queries
from guiyan.outreach.models import Arrival
from guiyan.outreach.permissions import LOOK

MOST_ROWS, AT_ONCE = 20_000, 500
COLUMNS = (
    ("收到时间", 16), ("来源", 8), ("业务号", 20), ("名称", 30), ("所在地", 24), ("登记日期", 12), ("创办人", 12),
    ("情况", 14), ("说明", 36), ("可能符合的政策", 12), ("还差信息的政策", 12), ("消息", 40), ("首护人", 12),
    ("联系时限", 12), ("联系情况", 14), ("联系时间", 16),
)  # fmt: skip


@require_safe
def arrival_sheet(request: ActingRequest) -> FileResponse:
    require(request.actor, LOOK)
    _, rows = asked(request)
    found = list(rows[:MOST_ROWS])
    audit.record(request.actor, "arrival.export", "arrivals", detail={"rows": len(found)})
    title = f"首次登记，截至{calendar.long_day(calendar.today())}"
    return excel("首次登记.xlsx", [("首次登记", title, COLUMNS, lines(found))])


def lines(arrivals: Sequence[Arrival]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(arrivals), AT_ONCE):
        piece = arrivals[start : start + AT_ONCE]
        places = region_paths(one.region for one in piece)
        for row in queries.rows_of(piece):
            one, clock = row.arrival, row.clock
            yield (
                one.received_at, one.get_came_by_display(), one.number, one.name, places.get(one.region, ""),
                one.registered_on, row.founder, one.state_label, one.why, row.fits, row.waits, row.told,
                one.helper_name, clock.due_on if clock else None, clock.words if clock else "", one.contacted_at,
            )  # fmt: skip
