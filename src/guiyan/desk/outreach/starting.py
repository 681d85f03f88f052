"""A new run: what to look for and where, a look at what will be computed, and the start."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.outreach.forms import NewRunForm, area_names
from guiyan.kernel import calendar
from guiyan.kernel.errors import Refused
from guiyan.outreach import actions, queries, states
from guiyan.outreach.actions.running import checked_measures
from guiyan.outreach.permissions import RUN, areas_of
from guiyan.outreach.queries import Preview

PREVIEW = "preview"


@require_http_methods(["GET", "HEAD", "POST"])
def new_run(request: ActingRequest) -> HttpResponse:
    """GET: the form for people or firms (`?kind=`). POST: a look at it, or the start."""
    require(request.actor, RUN)
    sent = request.POST if request.method == "POST" else None
    kind = (sent or request.GET).get("kind", "person")
    kind = kind if kind in states.KINDS else "person"
    offered = queries.offered(kind, calendar.today())
    form = NewRunForm(sent, kind, offered, area_names(areas_of(request.actor)))
    if sent is None:
        return page(request, form, kind)
    if not form.is_valid():
        return page(request, form, kind, status=422)
    values = form.cleaned_data
    try:
        if sent.get("do") == PREVIEW:
            wanted = checked_measures(kind, values["measures"], values["day"])
            return page(request, form, kind, queries.preview(kind, wanted, values["area"], values["day"]))
        run = actions.start_run(
            request.actor,
            title=values["title"],
            kind=kind,
            measures=values["measures"],
            area=values["area"],
            day=values["day"],
        )
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        return page(request, form, kind, status=422)
    messages.success(request, "已开始匹配，算完一个县就记一个县。关掉页面也会算完。")
    return redirect("outreach:page", run_id=run.pk)


def page(
    request: ActingRequest, form: NewRunForm, kind: str, preview: Preview | None = None, status: int = 200
) -> HttpResponse:
    tabs = [
        {"label": f"找{label}", "href": f"?kind={one}", "current": one == kind} for one, label in states.KINDS.items()
    ]
    context = {
        "form": form,
        "kind": kind,
        "tabs": tabs,
        "preview": preview,
        "counter": "人" if kind == "person" else "家",
    }
    context["has_measures"] = bool(form.fields["measures"].choices)  # type: ignore[attr-defined]
    return render(request, "desk/outreach/new.html", context, status=status)
