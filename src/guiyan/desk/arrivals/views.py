"""What came in, day by day, and one of them with all that it set off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import local_paths, region_path, regions_within
from guiyan.accounts.web import ActingRequest
from guiyan.desk.arrivals.filters import STATES
from guiyan.desk.logs import log_line
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.numbers import day_of, whole
from guiyan.kernel.regions import subtree
from guiyan.outreach import queries, states
from guiyan.outreach.models import Arrival
from guiyan.outreach.permissions import ASSIGN, LOOK, TAKE, is_helper

SORTS = {"day": "received_at"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything that is not known is left out."""

    words: str
    state: str
    day: date | None
    county: int | None
    by: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.state or self.day or self.county or self.by)


def asked(request: ActingRequest) -> tuple[Asked, QuerySet[Arrival]]:
    """The filters of the page and of the sheet alike."""
    given = request.GET
    by, state = given.get("by", ""), given.get("state", "")
    county = whole(given.get("county", ""))
    found = Asked(
        words_of(request),
        state if state in STATES else "",
        day_of(given.get("day", "")),
        county if county in counties_of(request.actor) else None,
        by if by in states.CAME_BY else "",
    )
    rows = queries.arrivals_for(
        request.actor,
        words=found.words,
        state=found.state,
        day=found.day,
        place=subtree(found.county) if found.county else None,
        came_by=found.by,
    )
    return found, rows


def counties_of(actor: Actor) -> dict[int, str]:
    """The counties that the actor sees; one who sees a single one or less needs no choice."""
    intervals = [interval for grant in actor.grants if LOOK in grant.permissions for interval in grant.regions]
    return {one.code: one.name for one in regions_within(intervals, ("county", "zone"))}


@require_safe
def arrival_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, LOOK)
    filters, rows = asked(request)
    listed, pager = paged(request, ordered(request, rows, SORTS), "条")
    today, counties = calendar.today(), counties_of(request.actor)
    counts = queries.arrival_counts(request.actor, today)
    context = {
        "rows": queries.rows_of(listed),
        "places": local_paths(request.actor, {one.region // 1000 * 1000 for one in listed}),
        "pager": pager,
        "asked": filters,
        "q": filters.words,
        "today": today,
        "tiles": tiles_of(counts, queries.late_count(request.actor), today),
        "states": [("", "全部"), *STATES.items()],
        "counties": [("", "全部"), *((str(code), name) for code, name in counties.items())],
        "ways": [("", "全部"), *states.CAME_BY.items()],
        "may_take": holds(request.actor, TAKE),
    }
    return render(request, "desk/arrivals/list.html", context)


def tiles_of(counts: dict[str, int], late: int, today: date) -> list[dict[str, Any]]:
    """Of today: what came, what was new and is cared for, what was known, what was sent back; and all that is late."""
    day = f"day={today.isoformat()}"
    first = sum(counts.get(one, 0) for one in (states.RECEIVED, states.HELPING, states.UNASSIGNED, states.CONTACTED))
    return [
        {"label": "今天收到", "value": sum(counts.values()), "href": f"?{day}", "late": False},
        {"label": "首次登记", "value": first, "href": f"?{day}", "late": False},
        {"label": "不是首次", "value": counts.get(states.KNOWN, 0), "href": f"?{day}&state=known", "late": False},
        {"label": "退回", "value": counts.get(states.REFUSED, 0), "href": f"?{day}&state=refused", "late": False},
        {"label": "联系超期（全部）", "value": late, "href": "?state=late", "late": late > 0},
    ]


@require_safe
def arrival_page(request: ActingRequest, arrival_id: int) -> HttpResponse:
    arrival = queries.arrival_by_id(request.actor, arrival_id)
    audit.record_read(request.actor, "arrival", [arrival.ref], "查看首次登记", region=arrival.region)
    (row,) = queries.rows_of([arrival])
    found = queries.found_on(arrival)
    context = {
        "arrival": arrival,
        "row": row,
        "place": region_path(arrival.region),
        "found": found,
        "fits": sum(one.verdict == "yes" for one in found),
        "history": [log_line(entry) for entry in workflow.history(arrival)],
        "service": queries.service_of(arrival),
        "links": links_of(request.actor, arrival),
        **offers_of(request.actor, arrival),
    }
    return render(request, "desk/arrivals/page.html", context)


def offers_of(actor: Actor, arrival: Arrival) -> dict[str, Any]:
    """What this reader may do now, each with its page."""
    assigns = bool(decide(actor, ASSIGN, arrival))
    helping = arrival.state == states.HELPING
    return {
        "may_assign": assigns and arrival.state in (states.HELPING, states.UNASSIGNED),
        "may_contact": helping and holds(actor, "service.record") and (assigns or is_helper(actor, arrival)),
        "is_mine": is_helper(actor, arrival),
    }


def links_of(actor: Actor, arrival: Arrival) -> list[tuple[str, str]]:
    """The firm's entry and the founder's file, where this reader's posts open such pages."""
    found = []
    if arrival.firm_id and decide(actor, "register.view", arrival, unit=None, subject=None):
        register = releases.release(arrival.release).triggers[arrival.trigger].register_
        found.append(("看经营主体", reverse("registers:entry", args=[register, arrival.firm_id])))
    if arrival.subject_id and decide(actor, "dossier.view", arrival, unit=None, subject=None):
        found.append(("看创办人档案", reverse("dossier:page", args=[arrival.subject_id])))
    return found
