"""Ratings: the list by what waits for a call, one with its call, and entering what somebody says at the counter."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries
from guiyan.cases.queries import Rating
from guiyan.cases.rating_form import RatingForm
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.sheets import excel
from guiyan.kernel import workflow
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.texts import FORM_WORDS

VIEWS = {"to_call": "待回访", "bad": "不满意的", "all": "全部"}
SORTS = {"due": "call_due_on", "grade": "grade", "given": "given_at"}
COLUMNS = (
    ("办件编号", 22), ("事项", 26), ("经办单位", 28), ("评价", 12), ("哪方面", 30), ("评价内容", 50), ("评价时间", 18),
    ("回访期限", 12), ("回访结果", 18), ("回访时间", 18), ("回访记录", 50),
)  # fmt: skip


class CallForm(forms.Form):
    outcome = forms.ChoiceField(
        label="回访结果",
        choices=Rating.OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={**FORM_WORDS, "required": "请选择回访结果"},
    )
    note = forms.CharField(
        label="本人怎么说、怎么处理的",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        error_messages={**FORM_WORDS, "required": "请写明本人怎么说、怎么处理的"},
    )


@require_safe
def rating_list(request: ActingRequest) -> HttpResponse:
    if not holds(request.actor, "rating.view"):
        raise NotAllowed
    view, words = _asked(request)
    found = ordered(request, queries.ratings_for(request.actor, view=view, words=words), SORTS)
    rows, pager = paged(request, found, "条")
    counts = queries.rating_counts(request.actor)
    lights = queries.Lights()
    context = {
        "rows": [{"rating": row, "light": lights.of(row.call_due_on) if row.waits_for_call else None} for row in rows],
        "pager": pager,
        "tabs": [
            {"label": label, "href": f"?view={key}", "count": counts[key], "current": key == view}
            for key, label in VIEWS.items()
        ],
        "view": view,
        "view_sort": "due" if view == "to_call" else "-given",
        "q": words,
        "offices": queries.office_standings(request.actor),
        "total": counts["all"],
    }
    return render(request, "desk/ratings/list.html", context)


def _asked(request: ActingRequest) -> tuple[str, str]:
    view = request.GET.get("view", "")
    return (view if view in VIEWS else "to_call"), words_of(request)


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The ratings asked for as Excel, without names."""
    if not holds(request.actor, "rating.view"):
        raise NotAllowed
    view, words = _asked(request)
    rows = (
        (
            x.case.number, x.case.title, x.unit.name, x.get_grade_display(), x.point_words, x.words, x.given_at,
            x.call_due_on, x.get_outcome_display(), x.called_at, x.call_note,
        )
        for x in ordered(request, queries.ratings_for(request.actor, view=view, words=words), SORTS)[:20000]
    )  # fmt: skip
    return excel("评价.xlsx", [("评价", f"评价：{VIEWS[view]}", COLUMNS, rows)])


@require_http_methods(["GET", "POST"])
def rating_page(request: ActingRequest, rating_id: int) -> HttpResponse:
    """One rating and the call back; what was typed stays when it came too late."""
    rating = queries.rating_by_id(request.actor, rating_id)
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.actor, "rating.handle", rating)
        if form.is_valid():
            try:
                actions.record_call(request.actor, rating=rating, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, "回访已记下。")
                return redirect("ratings:page", rating_id=rating.pk)
    moved = {entry.actor_id for entry in workflow.history(rating.case)}
    context = {
        "rating": rating,
        "case": rating.case,
        "form": form,
        "may_call": holds(request.actor, "rating.handle") and (rating.waits_for_call or form.is_bound),
        "may_open_case": holds(request.actor, "case.view"),
        "handled": request.actor.user_id in moved,
        "light": queries.light_of(rating.call_due_on) if rating.waits_for_call else None,
    }
    return render(request, "desk/ratings/page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def enter(request: ActingRequest, number: str) -> HttpResponse:
    """What the applicant says at the counter or to her helper, entered for her and marked so."""
    case = queries.case_by_number(request.actor, number)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rate_case(request.actor, case=case, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "评价已记下，注明是代录的。")
            return redirect("cases:page", number=number)
    if not form.is_bound:
        queries.require_rater(request.actor, case)
    return render(request, "desk/ratings/enter.html", {"case": case, "form": form}, status=422 if form.errors else 200)
