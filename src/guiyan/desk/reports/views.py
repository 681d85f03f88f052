"""The weekly report, on the page and as Word."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.insights.weekly import WeeklyReport, as_word, weekly_report
from guiyan.insights.weekly.word import HEAD, case_words, cells, order_words
from guiyan.kernel import audit, calendar

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _report(request: ActingRequest) -> WeeklyReport:
    require(request.actor, "report.view")
    return weekly_report(request.actor, week=_day(request.GET.get("week", "")))


def _day(text: str) -> date:
    """The day asked for, today where it is no day or lies ahead."""
    try:
        return min(date.fromisoformat(text), calendar.today())
    except ValueError:
        return calendar.today()


@require_GET
def weekly(request: ActingRequest) -> HttpResponse:
    report = _report(request)
    following = report.week.start + timedelta(days=7)
    context = {
        "report": report,
        "head": HEAD,
        "rows": [(line.standing, cells(line)) for line in report.lines],
        "case_words": case_words(report),
        "order_words": order_words(report),
        "previous": (report.week.start - timedelta(days=7)).isoformat(),
        "following": following.isoformat() if following <= calendar.today() else "",
    }
    return render(request, "desk/reports/weekly.html", context)


@require_GET
def weekly_word(request: ActingRequest) -> HttpResponse:
    report = _report(request)
    audit.record(request.actor, "report.download", f"weekly:{report.week.start}", region=report.place)
    answer = HttpResponse(as_word(report), content_type=WORD)
    name = quote(f"{report.place_name}返乡创业周报-{report.week.start}.docx")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
