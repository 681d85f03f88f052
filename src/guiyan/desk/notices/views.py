"""Notices of the officer's area, and the handling of objections."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.logs import log_line
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.sheets import Yuan, excel
from guiyan.kernel import calendar, workflow
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import FORM_WORDS, masked_numbers
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.notices import actions, queries
from guiyan.notices.days import first_day
from guiyan.notices.models import Notice, Objection

ROWS = 30
VIEWS = (("open", "公示中"), ("closed", "已期满"), ("all", "全部"))
UPHOLD, DISMISS = "uphold", "dismiss"
UNCLEAR = "没有看出是成立还是不成立，什么也没有改。请选“异议成立”或“异议不成立”。"
SORTS = {"published": "published_on", "amount": "total_fen", "count": "row_count"}

COLUMNS = (
    ("编号", 20), ("公示", 44), ("公示单位", 26), ("公示开始", 12), ("公示截止", 12), ("人数", 8), ("金额（元）", 16),
    ("撤下时间", 18),
)  # fmt: skip


class AnswerForm(forms.Form):
    """Two findings that weigh the same, each with what follows from it, and the answer."""

    decision = forms.ChoiceField(
        label="处理结果",
        choices=[(UPHOLD, "异议成立"), (DISMISS, "异议不成立")],
        widget=forms.RadioSelect,
        error_messages={"required": UNCLEAR, "invalid_choice": UNCLEAR},
    )
    answer = forms.CharField(
        label="核查情况和处理结果",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=400,
        help_text="写清查了什么、结果是什么；这段话会答复提出人",
        error_messages=FORM_WORDS | {"required": "请写明核查情况和处理结果。"},
    )

    def __init__(self, notice: Notice, data: QueryDict | None = None) -> None:
        super().__init__(data)
        refused = (
            "不予发放决定，占用的资金退回预算，书面告知申请人" if notice.has_money else "不予认定决定，书面告知申请单位"
        )
        goes_on = "拨付" if notice.has_money else "认定"
        self.fields["decision"].choice_notes = {  # type: ignore[attr-defined]
            UPHOLD: f"这一件作{refused}。",
            DISMISS: f"这一件继续公示或{goes_on}，答复提出人。",
        }


@require_safe
def notice_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "notice.view")
    rows, view, words = narrowed(request)
    listed, pager = paged(request, rows, "份")
    tabs = [{"label": label, "href": f"?view={key}", "current": key == view} for key, label in VIEWS]
    objections = queries.objections_for(request.actor).filter(state__in=("filed", "investigating"))[:ROWS]
    clocks = workflow.clocks_of(Objection, [x.pk for x in objections])
    waiting = [(x, next(iter(clocks.get(x.pk, [])), None)) for x in objections]
    working = calendar.calendar()
    context = {
        "rows": [(x, first_day(x, working)) for x in listed],
        "pager": pager,
        "tabs": tabs,
        "view": view,
        "waiting": waiting,
        "q": words,
    }
    return render(request, "desk/notices/list.html", context)


def narrowed(request: ActingRequest) -> tuple[QuerySet[Notice], str, str]:
    """The notices the address asks for, in its order; which view it is, and what is searched for."""
    view, words = request.GET.get("view", ""), words_of(request)
    view = view if view in dict(VIEWS) else "open"
    rows = queries.notices_for(request.actor)
    rows = {"open": rows.filter(closed_at=None), "closed": rows.exclude(closed_at=None)}.get(view, rows)
    if words:
        rows = rows.filter(Q(title__contains=words) | Q(number__startswith=words.upper()))
    return ordered(request, rows, SORTS), view, words


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The notices asked for as Excel: how many and how much, no names."""
    require(request.actor, "notice.view")
    working = calendar.calendar()
    rows = (
        (
            x.number,
            x.title,
            x.unit_name,
            first_day(x, working),
            x.until,
            x.row_count,
            Yuan(x.total_fen),
            x.taken_down_at,
        )
        for x in narrowed(request)[0][:5000]
    )
    return excel("公示.xlsx", [("公示", "公示", COLUMNS, rows)])


@require_safe
def notice_page(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.notices_for(request.actor).filter(number=number).first()
    if found is None:
        raise NotFound("没有这份公示，或者不在您的管辖范围。")
    objections = queries.objections_for(request.actor).filter(notice=found)
    rows = list(queries.rows_of(found).select_related("case"))
    context = {
        "notice": found,
        "first_day": first_day(found, calendar.calendar()),
        "rows": rows,
        "objections": list(objections),
        "may_open": holds(request.actor, "case.view"),
    }
    return render(request, "desk/notices/notice.html", context)


@require_safe
def objection_page(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.objection_by_number(request.actor, number)
    return _objection_page(request, found, AnswerForm(found.notice))


def _objection_page(
    request: ActingRequest, found: Objection, form: AnswerForm, status: int = 200, who: tuple[str, str] | None = None
) -> HttpResponse:
    context = {
        "objection": found,
        "form": form,
        "clock": next(iter(workflow.clocks(found)), None),
        # What was typed in a second window stays on the page, with the reason why it came too late.
        "may_decide": form.is_bound
        or (holds(request.actor, "notice.handle") and found.state in ("filed", "investigating")),
        "may_see": holds(request.actor, "notice.handle"),
        "may_open": holds(request.actor, "case.view"),
        "log": [_told(entry) for entry in reversed(workflow.history(found))],
        "who": who,
    }
    return render(request, "desk/notices/objection.html", context, status=status)


def _told(entry: WorkflowLog) -> dict[str, str]:
    """A step of the timeline; the answer stands there as its reason."""
    line = log_line(entry)
    return {**line, "note": masked_numbers(line["note"])}


@require_POST
def contact(request: ActingRequest, number: str) -> HttpResponse:
    """Show who raised it; the look is logged, so it is a POST."""
    found = queries.objection_by_number(request.actor, number)
    return _objection_page(request, found, AnswerForm(found.notice), who=actions.contact_of(request.actor, found))


@require_POST
def decide(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.objection_by_number(request.actor, number)
    require(request.actor, "notice.handle", found)
    form = AnswerForm(found.notice, request.POST)
    if not form.is_valid():
        return _objection_page(request, found, form, status=422)
    upheld = form.cleaned_data["decision"] == UPHOLD
    try:
        actions.decide_objection(request.actor, objection=found, upheld=upheld, answer=form.cleaned_data["answer"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _objection_page(request, queries.objection_by_number(request.actor, number), form, status=409)
    messages.success(request, "异议成立，这一件不予办理，已出具决定书。" if upheld else "异议不成立，这一件继续办理。")
    return redirect("notices:objection", number=number)
