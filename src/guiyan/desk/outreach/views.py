"""Runs: the list, and the page of one from its first county to its last message."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import local_paths, region_names
from guiyan.accounts.web import ActingRequest
from guiyan.desk.logs import log_line
from guiyan.desk.outreach.filling import filling_of
from guiyan.desk.outreach.forms import ReasonForm
from guiyan.desk.outreach.offers import offers_for, waiting_for
from guiyan.desk.paging import paged, words_of
from guiyan.kernel import audit, releases, workflow
from guiyan.kernel.actors import holds
from guiyan.outreach import queries, states
from guiyan.outreach.models import MatchRun
from guiyan.outreach.permissions import RUN, VIEW
from guiyan.outreach.wording import amount_words
from guiyan.registers import queries as registers

STAGES = (
    ("匹配", (states.RUNNING,)),
    ("报审", (states.COMPUTED,)),
    ("审核", (states.PROPOSED,)),
    ("推送", (states.APPROVED, states.SENDING)),
    ("完成", (states.SENT,)),
)
FACTS_SHOWN = 30


@require_safe
def run_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, VIEW)
    words, state = words_of(request), request.GET.get("state", "")
    state = state if state in states.RUN_LABELS else ""
    rows, pager = paged(request, queries.runs_for(request.actor, words=words, state=state), "次")
    counts = queries.state_counts(request.actor)
    tabs = [{"label": "全部", "href": "?", "current": not state, "count": sum(counts.values())}]
    tabs += [
        {"label": label, "href": f"?state={key}", "current": key == state, "count": counts[key]}
        for key, label in states.RUN_LABELS.items()
        if counts.get(key)
    ]
    places = region_names(row.region for row in rows)
    context = {
        "rows": [(row, places.get(row.region, "")) for row in rows],
        "pager": pager,
        "tabs": tabs,
        "state": state,
        "q": words,
        "may_run": holds(request.actor, RUN),
        "any": bool(counts),
    }
    return render(request, "desk/outreach/list.html", context)


@require_safe
def run_page(request: ActingRequest, run_id: int) -> HttpResponse:
    """While it is computed or sent the page asks for how far it is, and for itself when that is over."""
    run = queries.run_by_id(request.actor, run_id)
    if request.htmx and not is_going(run):
        return HttpResponse(headers={"HX-Refresh": "true"})  # what stands around the progress is another now
    if request.htmx:
        return render(request, "desk/outreach/part_run.html", progress_of(request, run))
    return render(request, "desk/outreach/page.html", page_of(request, run))


def is_going(run: MatchRun) -> bool:
    """Whether something new is to be seen within seconds."""
    if run.state == states.RUNNING:
        return not run.problem
    return run.state == states.SENDING and not queries.night_until(run)


def page_of(request: ActingRequest, run: MatchRun, form: ReasonForm | None = None, refused: str = "") -> dict[str, Any]:
    computed, offers = run.computed_at is not None, offers_for(request.actor, run)
    context: dict[str, Any] = {
        **progress_of(request, run),
        "place": region_names([run.region]).get(run.region, ""),
        "computed": computed,
        "offers": offers,
        "waiting": waiting_for(run, offers),
        "form": form or ReasonForm(),
        "refused": refused,
        "history": [log_line(entry) for entry in workflow.history(run)],
    }
    return {**context, **(found_in(request, run) if computed else {})}


def progress_of(request: ActingRequest, run: MatchRun) -> dict[str, Any]:
    """How far it is: all that is asked for every two seconds."""
    pieces = queries.piece_progress(run)
    return {
        "run": run,
        "steps": stages_of(run),
        "pieces": pieces,
        "pieces_done": sum(piece.done_at is not None for piece in pieces),
        "poll_href": request.path if is_going(run) else "",
        "night_until": queries.night_until(run),
    }


def found_in(request: ActingRequest, run: MatchRun) -> dict[str, Any]:
    table, missing = queries.count_table(run), queries.missing_facts(run)
    return {
        "table": table,
        "unknown_people": sum(row.unknown for row in table.rows),
        "missing": [(row, filling_of(releases.current(), row.fact)) for row in missing[:FACTS_SHOWN]],
        "missing_count": len(missing),
        "sample": sample_of(request, run),
        "deliveries": queries.delivery_counts(run),
        "untold": queries.untold_counts(run) if run.told_to else [],
        "was_sent": run.told_to > 0,
    }


def sample_of(request: ActingRequest, run: MatchRun) -> list[dict[str, Any]]:
    """Some of the audience, names masked; that they were looked at is logged."""
    rows = queries.sample_of(run)
    if not rows:
        return []
    audit.record_read(
        request.actor,
        "outreach",
        [f"subject:{row.about_id}" for row in rows],
        f"看{run.title}的样本",
        region=run.region,
    )
    names = registers.names_of_subjects({row.about_id for row in rows})
    places = local_paths(request.actor, {row.region // 1000 * 1000 for row in rows})
    titles = queries.titles_of(run)
    pack = releases.release(run.release)
    return [
        {
            "name": names.get(row.about_id, ""),
            "place": places.get(row.region // 1000 * 1000, ""),
            "measure": titles[row.measure],
            "amount": amount_words(pack, row.measure, run.day),
        }
        for row in rows
    ]


def stages_of(run: MatchRun) -> list[dict[str, str]]:
    """Where it is, across; a stopped run shows how far it came."""
    at = next((n for n, (_, inside) in enumerate(STAGES) if run.state in inside), None)
    if run.state == states.SENT:
        return [{"title": title, "state": "done", "note": ""} for title, _ in STAGES]
    if at is None:
        at = 0 if run.computed_at is None else 1 if run.proposed_at is None else 2 if run.approved_at is None else 3
        now = "stopped"
    else:
        now = "current"
    notes = [run.started_by, run.proposed_by, run.approved_by, "", ""]
    return [
        {"title": title, "state": "done" if n < at else now if n == at else "todo", "note": notes[n]}
        for n, (title, _) in enumerate(STAGES)
    ]
