"""Many cases at once: what would become of each, one confirmation, the run and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import local_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries
from guiyan.cases import receivers_of_work as work
from guiyan.cases.queries import Case, CaseFilters, RunView
from guiyan.cases.queries.at_a_glance import glances
from guiyan.cases.queries.bulk import MOST, BulkAct
from guiyan.desk.cases.handing_forms import HANDED_OVER, URGED, WHOM_ERRORS
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.kernel.texts import FORM_WORDS

FIRST_WORDS = {"accept": "材料齐全，予以受理。"}
EFFECTS = {
    "accept": "受理后各单位同时核验，承诺时限从今天起算，申请人会收到通知。没有人接着办以前，可以一起撤回。",
    "transfer": HANDED_OVER,
    "urge": f"{URGED}每个工作日只能催一次。",
}


class BulkForm(forms.Form):
    """What goes with every case: the opinion, or to whom and why."""

    to = forms.ChoiceField(label="转给谁办", widget=forms.RadioSelect, error_messages=WHOM_ERRORS)
    words = forms.CharField(
        label="意见",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={**FORM_WORDS, "required": "请写明理由"},
    )

    def __init__(self, data: Any = None, *, act: BulkAct, receivers: Sequence[work.Receiver] = ()) -> None:
        super().__init__(data, initial={"words": FIRST_WORDS.get(act.act, "")})
        words, to = self.fields["words"], self.fields["to"]
        words.required = act.act == "transfer"
        words.label = {"transfer": "转办的理由", "urge": "催办的话"}.get(act.act, "意见")
        assert isinstance(to, forms.ChoiceField)
        if act.act == "transfer":
            to.choices = [(one.key, one.words) for one in receivers]
        else:
            del self.fields["to"]


@require_http_methods(["GET", "POST"])
def bulk(request: ActingRequest) -> HttpResponse:
    """GET: case by case whether it would be done, and why not. POST: do it, once, however often it is sent."""
    require(request.actor, "case.view")
    sent = request.POST if request.method == "POST" else request.GET
    act = queries.act_named(request.actor, sent.get("act", ""))
    cases, more = _asked(request, sent)
    if not cases:
        messages.info(request, "没有选中能打开的办件，请在列表里先选。")
        return redirect(_back(sent))
    chances = queries.chances(request.actor, act, cases)
    able = [one.case for one in chances if not one.why_not]
    chances.sort(key=lambda one: bool(one.why_not))
    receivers = queries.receivers_for_all(request.actor, able) if act.act == "transfer" else []
    form = BulkForm(request.POST if request.method == "POST" else None, act=act, receivers=receivers)
    if request.method == "POST":
        done = _confirmed(request, act, form)
        if done is not None:
            return done
    places = local_paths(request.actor, (one.case.region for one in chances))
    known = glances([one.case for one in chances])
    context = {
        "act": act,
        "rows": [
            {"chance": one, "place": places.get(one.case.region, ""), "known": known[one.case.pk]} for one in chances
        ],
        "able": able,
        "unable": len(chances) - len(able),
        "more": more,
        "most_words": f"{MOST}件",
        "confirm_label": f"{act.label}{len(able)}件",
        "form": form,
        "nobody": act.act == "transfer" and bool(able) and not receivers,
        "effect": EFFECTS[act.act],
        "key": sent.get("key") or uuid4(),
        "query": sent.get("query", ""),
        "back_href": _back(sent),
        "crumbs": [("办件", _back(sent)), (f"批量{act.label}", "")],
    }
    return render(request, "desk/cases/bulk.html", context, status=422 if request.method == "POST" else 200)


def _asked(request: ActingRequest, sent: QueryDict) -> tuple[list[Case], int]:
    """The cases that were ticked, or the whole list with its filters; how many more there would be."""
    if sent.get("all") == "1":
        filters = CaseFilters.from_query(QueryDict(sent.get("query", "")[:2000]).dict())
        found, total = queries.matching_cases(request.actor, filters)
        return found, max(total - len(found), 0)
    ids = [number for text in sent.getlist("case")[: MOST + 1] if (number := whole(text)) is not None]
    return queries.chosen_cases(request.actor, ids), max(len(sent.getlist("case")) - MOST, 0)


def _back(sent: QueryDict) -> str:
    return f"{reverse('cases:list')}?{QueryDict(sent.get('query', '')[:2000]).urlencode() or 'v=0'}"


def _confirmed(request: ActingRequest, act: BulkAct, form: BulkForm) -> HttpResponse | None:
    """To the run; None when something is still to be written."""
    ids = [number for text in request.POST.getlist("case") if (number := whole(text)) is not None]
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        raise NotFound from None
    if (earlier := queries.bulk_run_of(request.actor, key)) is not None:
        messages.info(request, "这一批您刚才已经确认过，以第一次的为准，不用再点。")
        return redirect("cases:bulk-run", run_id=earlier.pk)
    if not form.is_valid():
        return None
    values = form.cleaned_data
    try:
        run = actions.start_run(
            request.actor, act=act.act, case_ids=ids, key=key, words=values["words"], to=values.get("to", "")
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    return redirect("cases:bulk-run", run_id=run.pk)


@require_http_methods(["GET", "POST"])
def bulk_run(request: ActingRequest, run_id: int) -> HttpResponse:
    """A run as it stands, case by case; POST takes it back."""
    view = queries.bulk_run_by_id(request.actor, run_id)
    if request.method == "POST":
        try:
            actions.undo_run(request.actor, run=view.run)
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("cases:bulk-run", run_id=run_id)
    context = {
        "view": view,
        "effect": EFFECTS[view.act.act],
        "progress_label": f"{'正在撤回' if view.run.undo_at else '正在' + view.act.label}，共{view.total}件",
        "result_words": _result_words(view),
        "undone_words": f"已撤回{len(view.undone)}件，共{len(view.done)}件",
        "undo_label": f"撤回这{len(view.done)}件",
        "poll_href": reverse("cases:bulk-run", args=[run_id]) if view.is_running else "",
        "crumbs": [("办件", f"{reverse('cases:list')}?v=0"), (f"批量{view.act.label}", "")],
    }
    return render(request, "desk/cases/bulk_run.html", context)


def _result_words(view: RunView) -> str:
    done, refused = len(view.done), len(view.refused)
    return f"已{view.act.label}{done}件" + (f"，{refused}件没办成" if refused else "")
