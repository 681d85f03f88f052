"""What-ifs: the list, the page of one while it is computed and after, and taking one away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_names
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import paged, words_of
from guiyan.desk.whatif.showing import place_of, shown
from guiyan.desk.whatif.starting import may_run
from guiyan.kernel import releases
from guiyan.kernel.actors import holds
from guiyan.outreach import actions, queries, states
from guiyan.outreach.models import WhatIfRun
from guiyan.outreach.permissions import WHAT_IF_RUN, WHAT_IF_VIEW


@require_safe
def run_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, WHAT_IF_VIEW)
    words, state, measure = words_of(request), request.GET.get("state", ""), request.GET.get("measure", "")
    state = state if state in states.WHAT_IF_LABELS else ""
    rows, pager = paged(request, queries.what_ifs_for(request.actor, words=words, state=state, measure=measure), "次")
    counts, tried = queries.what_if_counts(request.actor), queries.measures_tried(request.actor)
    measures = releases.current().measures
    places = region_names(row.region for row in rows)
    context = {
        "rows": [(row, places.get(row.region, ""), titles_of(row)) for row in rows],
        "pager": pager,
        "tabs": tabs_of(counts, state),
        "q": words,
        "state": state,
        "measure": measure if measure in tried else "",
        "measure_title": measures[measure].title if measure in tried else "",
        "measures": [(name, measures[name].title) for name in tried],
        "may_run": holds(request.actor, WHAT_IF_RUN),
        "any": any(counts.values()),
    }
    return render(request, "desk/whatif/list.html", context)


def tabs_of(counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    own = [
        {"label": label, "href": f"?state={key}", "current": key == state, "count": counts[key]}
        for key, label in states.WHAT_IF_LABELS.items()
        if counts.get(key)
    ]
    return [{"label": "全部", "href": "?", "current": not state, "count": sum(counts.values())}, *own]


def titles_of(run: WhatIfRun) -> list[str]:
    measures = releases.current().measures
    return [measures[name].title if name in measures else name for name in run.measures]


@require_safe
def run_page(request: ActingRequest, run_id: int) -> HttpResponse:
    """While it is computed the page asks how far it is, and for itself when that is over."""
    run = queries.what_if_by_id(request.actor, run_id)
    going = run.state == states.RUNNING
    if request.htmx and not going:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "run": run,
        "place": place_of(run),
        "poll_href": request.path if going else "",
        "titles": titles_of(run),
        "may_run": may_run(request, run),
    }
    if request.htmx:
        return render(request, "desk/whatif/part_progress.html", context)
    if run.computed_at is not None:
        context["shown"] = shown(request.actor, run)
    return render(request, "desk/whatif/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_page(request: ActingRequest, run_id: int) -> HttpResponse:
    """What would go, and after a yes it goes."""
    run = queries.what_if_by_id(request.actor, run_id)
    require(request.actor, WHAT_IF_RUN, run)
    if request.method != "POST":
        return render(request, "desk/whatif/delete.html", {"run": run})
    actions.delete_what_if(request.actor, run=run)
    messages.success(request, f"已删除“{run.title}”。")
    return redirect("whatif:list")
