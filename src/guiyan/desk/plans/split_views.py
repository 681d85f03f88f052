"""Splitting a target over the counties: the table, a suggestion, Excel, putting up, issuing, earlier versions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.plans.figure_sheets import SPLIT_HEAD, FaultyRows, split_values
from guiyan.desk.plans.history import told_of
from guiyan.desk.plans.titles import ShortTitles
from guiyan.desk.sheets import plain_excel
from guiyan.insights.figures import NOTHING
from guiyan.insights.goals import goal_figure, goal_label, printed_words
from guiyan.insights.parts import parts_words
from guiyan.insights.splitting import last_figures, last_year, suggest
from guiyan.kernel import calendar
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.regions import parent
from guiyan.plans import actions, queries
from guiyan.plans.models import Indicator, TargetSplit
from guiyan.plans.models.amounts import plain_words
from guiyan.plans.models.splits import sum_of
from guiyan.plans.numbers import entry_unit, read_number, scale, typed
from guiyan.plans.queries import splits
from guiyan.plans.queries.revisions import changes_in
from guiyan.plans.queries.splits import per_region
from guiyan.plans.sharing import Shared

BASES = {"last_year": "去年占比", "population": "名册人口", "even": "平均"}
WORKERS = ("target.propose", "target.issue")


def _require_worker(request: ActingRequest) -> None:
    if not any(holds(request.actor, one) for one in WORKERS):
        raise NotAllowed


@require_safe
def split_page(request: ActingRequest, indicator_id: int) -> HttpResponse:
    _require_worker(request)
    indicator = queries.indicator_by_id(indicator_id)
    basis = request.GET.get("basis", "")
    if basis not in BASES or not holds(request.actor, "target.propose"):
        return _page(request, indicator)
    try:
        shared = suggest(indicator, _year(indicator), basis)
    except Refused as refusal:
        return _page(request, indicator, refused=refusal.message, status=409)
    fields = {code: typed(value, indicator) for code, value in shared.shares.items()}
    return _page(request, indicator, fields, basis=basis, told=shared_words(indicator, shared, basis))


def shared_words(indicator: Indicator, shared: Shared, basis: str) -> str:
    """How the suggestion came about, and where the rest went."""
    if indicator.is_quotient:
        return "增长和比例不相加：每个县先都填全市目标，请按实际改。"
    if not shared.extra:
        return f"按{BASES[basis]}测算，正好分完。还没有保存。"
    names = splits.places_to_split()
    who = "、".join(names[code] for code in shared.extra)
    rest = _words(shared.remainder, indicator)
    return f"按{BASES[basis]}测算，除不尽的{rest}给了{who}。还没有保存。"


def suggestions(indicator: Indicator) -> list[tuple[str, str]]:
    """Ways to fill the fields, with their words; rates are not shared out, so all ways would be one."""
    if indicator.is_quotient:
        return [("even", "都填全市目标")]
    return [(key, f"按{label}") for key, label in BASES.items()]


def _year(indicator: Indicator) -> int:
    return splits.year_of(indicator, calendar.today().year)


def _page(
    request: ActingRequest,
    indicator: Indicator,
    fields: Mapping[int, str] | None = None,
    *,
    basis: str = "",
    told: str = "",
    refused: str = "",
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    year, actor = _year(indicator), request.actor
    draft, force = splits.draft_of(indicator, year), splits.in_force(indicator, year)
    may_edit = holds(actor, "target.propose") and (draft is None or draft.state == "draft")
    gap = actions.split_faults(draft) if draft else []
    context = {
        "indicator": indicator,
        "plan": ShortTitles()(indicator.plan or indicator.document.title),
        "year": year,
        "goal": goal_words_of_table(indicator),
        "printed": printed_words(indicator),
        "is_each": per_region(indicator),
        "unit": entry_unit(indicator),
        "rows": rows_of(indicator, year, draft, force, fields),
        "total": _total(indicator, draft),
        "draft": draft,
        "force": force,
        "faults_of_draft": gap,
        "may_edit": may_edit,
        "may_propose": may_edit and draft is not None and not gap and fields is None,
        "may_issue": holds(actor, "target.issue") and draft is not None and draft.state == "proposed",
        "may_drop": holds(actor, "target.propose") and draft is not None,
        "seen": request.POST.get("seen") or (draft.mark if draft else ""),
        "basis": basis or request.POST.get("basis") or (draft.basis if draft else "hand"),
        "bases": suggestions(indicator),
        "reason": request.POST.get("reason", draft.reason if draft else ""),
        "needs_reason": force is not None,
        "told": told,
        "refused": refused,
        "faults": faults or [],
        "history": told_of(changes_in(indicator)[:20]),
        "versions": [version_row(x) for x in splits.versions_of(actor, indicator)[:20]],
    }
    return render(request, "desk/plans/split.html", context, status=status)


def rows_of(
    indicator: Indicator,
    year: int,
    draft: TargetSplit | None,
    force: TargetSplit | None,
    fields: Mapping[int, str] | None,
) -> list[dict[str, Any]]:
    """One row a place: last year, what is in force, what stands in the field."""
    before = last_figures(indicator, year)
    kept = {x.place: x.value for x in draft.shares.all()} if draft else {}
    issued = {x.place: x.value for x in force.shares.all()} if force else {}
    names = splits.places_to_split()
    return [
        {
            "code": code,
            "name": name,
            "inside": names.get(parent(code) or 0, "") if code % 10**6 else "",
            "before": _words(before.get(code, NOTHING).value, indicator),
            "before_parts": parts_words(indicator, before.get(code, NOTHING), "前年"),
            "issued": _words(issued.get(code), indicator),
            "value": _words(kept.get(code), indicator),
            "field": fields.get(code, "") if fields is not None else typed(kept.get(code), indicator),
        }
        for code, name in names.items()
    ]


def _words(value: Decimal | None, indicator: Indicator) -> str:
    if value is None:
        return ""
    return plain_words(value / scale(indicator), entry_unit(indicator))


def goal_words_of_table(indicator: Indicator) -> str:
    """每年不少于30亿元（300,000万元）: money also in what the table is filled in."""
    same = f"（{_words(indicator.goal, indicator)}）" if scale(indicator) != 1 and indicator.goal is not None else ""
    return f"{goal_label(indicator)}{goal_figure(indicator)}{same}"


def _total(indicator: Indicator, draft: TargetSplit | None) -> str:
    if draft is None or indicator.is_quotient:
        return ""
    return _words(sum_of(list(draft.shares.all())), indicator)


def version_row(split: TargetSplit) -> dict[str, Any]:
    labels = {"draft": "拟定中", "proposed": "待下达", "issued": "已下达", "replaced": "已调整", "dropped": "已作废"}
    names = splits.places_to_split()
    return {
        "split": split,
        "state": labels[split.state],
        "shares": [(names[x.place], _words(x.value, split.indicator)) for x in split.shares.all() if x.place in names],
    }


@require_POST
def save(request: ActingRequest, indicator_id: int) -> HttpResponse:
    """Keep the draft; what was typed stays on the page when it is refused."""
    require(request.actor, "target.propose")
    indicator = queries.indicator_by_id(indicator_id)
    written = {code: request.POST.get(f"share-{code}", "") for code in splits.places_to_split()}
    try:
        values = {code: read_number(text, indicator) for code, text in written.items()}
        split = _save(request, indicator, values)
    except Refused as refusal:
        status = 409 if refusal.code in ("changed", "proposed") else 422
        return _page(request, indicator, written, refused=refusal.message, status=status)
    return _saved(request, split)


def _save(request: ActingRequest, indicator: Indicator, values: Mapping[int, Decimal | None]) -> TargetSplit:
    basis = request.POST.get("basis", "hand")
    return actions.save_split(
        request.actor,
        indicator=indicator,
        year=_year(indicator),
        values=values,
        basis=basis if basis in BASES else "hand",
        reason=request.POST.get("reason", ""),
        seen=request.POST.get("seen", ""),
    )


def _saved(request: ActingRequest, split: TargetSplit) -> HttpResponse:
    faults = actions.split_faults(split)
    words = "已存草稿，各县合计和全市目标相等，可以报请下达。" if not faults else f"已存草稿。{'；'.join(faults)}。"
    messages.success(request, words)
    return redirect("plans:split", indicator_id=split.indicator_id)


@require_safe
def sheet(request: ActingRequest, indicator_id: int) -> FileResponse:
    """The table to fill in and bring back, with what stands in it."""
    _require_worker(request)
    indicator = queries.indicator_by_id(indicator_id)
    year = _year(indicator)
    draft = splits.draft_of(indicator, year) or splits.in_force(indicator, year)
    kept = {x.place: x.value for x in draft.shares.all()} if draft else {}
    before, unit = last_year(indicator, year), entry_unit(indicator)
    rows = [
        (str(code), name, _number(before.get(code), indicator), _number(kept.get(code), indicator), unit)
        for code, name in splits.places_to_split().items()
    ]
    return plain_excel(f"{year}年目标分解-{indicator.id}.xlsx", "目标分解", SPLIT_HEAD, rows)


def _number(value: Decimal | None, indicator: Indicator) -> Decimal | None:
    return None if value is None else value / scale(indicator)


@require_POST
def upload(request: ActingRequest, indicator_id: int) -> HttpResponse:
    """Bring the table back: every wrong row is named and nothing of it kept; a sound one becomes the draft."""
    require(request.actor, "target.propose")
    indicator = queries.indicator_by_id(indicator_id)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, indicator, refused="请选择一个文件。", status=422)
    try:
        split = _save(request, indicator, split_values(file, indicator, splits.places_to_split()))
    except FaultyRows as wrong:
        return _page(request, indicator, refused=wrong.message, faults=wrong.faults, status=422)
    except Refused as refusal:
        return _page(request, indicator, refused=refusal.message, status=422)
    return _saved(request, split)


@require_POST
def move(request: ActingRequest, split_id: int, verb: str) -> HttpResponse:
    """Put up, issue, send back or drop a version."""
    _require_worker(request)
    split = splits.split_by_id(request.actor, split_id)
    reason = request.POST.get("reason", "")
    try:
        if verb == "propose":
            actions.propose_split(request.actor, split=split)
        elif verb == "issue":
            actions.issue_split(request.actor, split=split)
        elif verb == "send-back":
            actions.send_back_split(request.actor, split=split, reason=reason)
        else:
            actions.drop_split(request.actor, split=split, reason=reason)
    except Refused as refusal:
        return _page(request, split.indicator, refused=refusal.message, status=409)
    done = {"propose": "已报请下达。", "issue": "已下达，各县可以看到自己的目标。", "send-back": "已退回修改。"}
    messages.success(request, done.get(verb, "这一版已作废。"))
    return redirect("plans:split", indicator_id=split.indicator_id)
