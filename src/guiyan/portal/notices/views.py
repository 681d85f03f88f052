"""The public's lists of notices and results, one notice with its table, and the table as a file."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel import calendar
from guiyan.kernel.numbers import whole
from guiyan.notices import queries
from guiyan.notices.models import Notice
from guiyan.notices.wording import result_title
from guiyan.portal.calls import advice
from guiyan.portal.notices.news import is_running, left_words, rows_of
from guiyan.portal.notices.page import named_by, run_words, table_of
from guiyan.portal.notices.phrases import phrases_of, pieces_of

PAGE = 20


@require_safe
def notice_list(request: ActingRequest) -> HttpResponse:
    """Every public notice, those that run first, in pages."""
    today, before = calendar.today(), whole(request.GET.get("before", ""))
    found = queries.published()
    if before is not None:
        found = found.filter(pk__lt=before)
    notices = list(found.order_by("-id")[: PAGE + 1])
    more = notices[PAGE - 1].pk if len(notices) > PAGE else None
    context = {
        "running": rows_of((one for one in notices[:PAGE] if is_running(one, today)), today),
        "over": rows_of((one for one in notices[:PAGE] if not is_running(one, today)), today),
        "page": {"next_href": f"?before={more}" if more else "", "previous_href": "", "summary": ""} if more else None,
    }
    return render(request, "portal/notices/list.html", context)


@require_safe
def notice(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.notice_by_number(number)
    table, today = table_of(found, queries.rows_of(found)), calendar.today()
    running = is_running(found, today)
    context = {
        "notice": found,
        "phrases": phrases_of(found.title),
        "runs": pieces_of(run_words(found, calendar.calendar())),
        "table": table,
        "first": table.lines[0].name if table.lines else "",
        "running": running,
        "left": left_words(found, today, calendar.calendar()) if running else "",
        "check_url": request.build_absolute_uri(reverse("portal:notice", args=[number])),
        "advice": advice(),
    }
    return render(request, "portal/notices/notice.html", context)


@require_safe
def table(request: ActingRequest, number: str) -> HttpResponse:
    """The rows as they stand on the page, for a spreadsheet."""
    found = queries.notice_by_number(number)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["序号", *found.columns])
    for row in queries.rows_of(found):
        writer.writerow([row.line_no, *(guarded(cell) for cell in row.cells)])
    name = f'attachment; filename="{found.number}.csv"'
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name},
    )


def guarded(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is taken for text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


@require_safe
def results(request: ActingRequest) -> HttpResponse:
    """What was paid of the batches whose notice is over."""
    found = list(queries.published().exclude(closed_at=None)[:PAGE])
    came = queries.settled(found)
    rows = [result_row(one, came[one.pk]) for one in found if one.pk in came]
    return render(request, "portal/notices/results.html", {"rows": rows})


def result_row(found: Notice, came: queries.Settled) -> dict[str, object]:
    href = reverse("portal:result", args=[found.number])
    return {"notice": found, "phrases": phrases_of(result_title(found.title)), "came": came, "href": href}


@require_safe
def result(request: ActingRequest, number: str) -> HttpResponse:
    """The lines that were paid, as they stood in the notice."""
    found = queries.notice_by_number(number)
    came = queries.settled([found]).get(found.pk, queries.Settled())
    context = {
        "notice": found,
        "phrases": phrases_of(result_title(found.title)),
        "table": table_of(found, [row for row in queries.rows_of(found) if row.line_no in came.lines]),
        "came": came,
        "named": named_by(found.columns) in found.columns,
    }
    return render(request, "portal/notices/result.html", context)
