"""What-ifs for tests that need some."""

from __future__ import annotations

from guiyan.insights import snapshot, whatif
from guiyan.kernel import calendar, releases
from guiyan.outreach.models import WhatIfRun
from tests.outreach import stage


def facts_kept(kind: str = "person") -> None:
    snapshot.take(releases.current(), kind)


def tried(measure: str, place: str, value: str, title: str = "示例试算", area: int = stage.CITY) -> WhatIfRun:
    """A question of helin, not computed yet."""
    today = calendar.today()
    return whatif.start(
        stage.helin(),
        title=title,
        kind=releases.current().measures[measure].kind,
        measures=[measure],
        area=area,
        day=today,
        changed_day=today,
        changes={measure: {place: value}},
    )
