"""The weekly report, on the page and as Word."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.models import Region
from guiyan.accounts.offices import office_of
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.insights.periods import week_of
from guiyan.insights.standing import RULE
from guiyan.insights.weekly import WeeklyReport, as_word, weekly_report
from guiyan.insights.weekly.word import HEAD, case_words, cells, foot_words, order_words, told_words, week_words
from guiyan.kernel import audit, calendar
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree

CODE_LENGTH = 12
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _report(request: ActingRequest) -> WeeklyReport:
    require(request.actor, "report.view")
    return weekly_report(request.actor, week=_day(request.GET.get("week", "")), place=_place(request))


def _place(request: ActingRequest) -> int:
    """The county or zone asked for, within the reader's own area; without one, the reader's whole area."""
    own = office_of(request.actor, "report.view").region
    text = request.GET.get("place", "")
    if not text:
        return own
    wanted = int(text) if text.isdigit() and len(text) == CODE_LENGTH else 0
    if not any(region.code == wanted for region in _places(own)):
        raise NotFound("没有这个地区，或者不在您的管辖范围。")
    return wanted


def _places(own: int) -> list[Region]:
    """The reader's area and the counties and zones in it."""
    low, high = subtree(own)
    below = Q(level__in=("county", "zone"), code__gte=low, code__lt=high)
    return list(Region.objects.filter(below | Q(code=own)).order_by("code"))


def _day(text: str) -> date:
    """The day asked for, today where it lies ahead; without one, a day of the last full week."""
    try:
        return min(date.fromisoformat(text), calendar.today())
    except ValueError:
        return week_of(calendar.today()).start - timedelta(days=1)


@require_safe
def weekly(request: ActingRequest) -> HttpResponse:
    report = _report(request)
    following = report.week.start + timedelta(days=7)
    context = {
        "report": report,
        "week_words": week_words(report),
        "foot_words": foot_words(report),
        "rule": RULE,
        "head": HEAD,
        "rows": [(line.standing, cells(line)) for line in report.lines],
        "told_words": told_words(report) if report.told else "",
        "case_words": case_words(report),
        "order_words": order_words(report),
        "previous": (report.week.start - timedelta(days=7)).isoformat(),
        "following": following.isoformat() if following <= calendar.today() else "",
        "monday": report.week.start.isoformat(),
        "today": calendar.today().isoformat(),
        "places": [(region.code, region.name) for region in _places(office_of(request.actor, "report.view").region)],
    }
    return render(request, "desk/reports/weekly.html", context)


@require_safe
def weekly_word(request: ActingRequest) -> HttpResponse:
    report = _report(request)
    audit.record(request.actor, "report.download", f"weekly:{report.week.start}", region=report.place)
    answer = HttpResponse(as_word(report), content_type=WORD)
    name = quote(f"{report.place_name}返乡创业周报-{report.week.start}.docx")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
