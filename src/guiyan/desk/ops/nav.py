"""Side-bar entries of the system pages."""

from __future__ import annotations

from guiyan.accounts.api_keys import MANAGE
from guiyan.desk.nav import NavEntry
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.jobs.queue import counts


def entries(actor: Actor) -> list[NavEntry]:
    found = []
    if holds(actor, "jobs.view"):
        found.append(NavEntry("系统", "后台任务", "/desk/jobs/", "refresh", 90, counts()["failed"] or None))
    if holds(actor, "audit.view"):
        found.append(NavEntry("系统", "审计", "/desk/audit/", "shield", 91, alone=True))
        found.append(NavEntry("系统", "查看记录", "/desk/audit/looks/", "eye", 91))
    if holds(actor, MANAGE):
        found.append(NavEntry("系统", "开放接口", "/desk/keys/", "key", 93))
    if holds(actor, "clock.move") and calendar.is_movable():
        found.append(NavEntry("系统", "业务时钟", "/desk/clock/", "clock", 92))
    return found
