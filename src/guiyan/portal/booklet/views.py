"""Choosing a booklet (which county, for whom) and taking it along as PDF or Word."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import NotFound
from guiyan.packs import Pack
from guiyan.portal.booklet.contents import TITLE, Booklet, booklet
from guiyan.portal.booklet.keeping import MAKERS, booklet_file
from guiyan.portal.measures.library import Wanted, groups_known, library
from guiyan.portal.offices import counties

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def choose(request: ActingRequest) -> HttpResponse:
    pack, today = releases.current(), calendar.today()
    wanted = wanted_of(request, pack)
    query = urlencode({"county": wanted.county or "", "group": wanted.group})
    context = {
        "wanted": wanted,
        "county": str(wanted.county or ""),
        "counties": [(str(one.code), one.name) for one in counties(pack)],
        "groups": groups_known(pack, today),
        "rows": library(pack, today, wanted),
        "files": [(kind, f"{reverse('portal:booklet-file', args=[kind])}?{query}") for kind in MAKERS],
    }
    return render(request, "portal/booklet/choose.html", context)


@require_safe
def download(request: ActingRequest, kind: str) -> HttpResponse:
    if kind not in MAKERS:
        raise NotFound("政策一本通只有PDF和Word两种。")
    pack = releases.current()
    made = booklet(pack, calendar.today(), wanted_of(request, pack), request.build_absolute_uri("/").rstrip("/"))
    if not made.entries:
        raise NotFound("没有合这些条件的政策，请换一个县或人群。")
    answer = HttpResponse(booklet_file(made, kind), content_type=TYPES[kind])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(made, kind))}"
    return answer


def wanted_of(request: ActingRequest, pack: Pack) -> Wanted:
    """County and group alone; what is not a group of any measure in force is taken for everybody."""
    asked = Wanted.of(request.GET, pack)
    group = asked.group if asked.group in groups_known(pack, calendar.today()) else ""
    return Wanted(group=group, county=asked.county)


def file_name(made: Booklet, kind: str) -> str:
    return f"{TITLE}-{made.for_whom.replace('·', '-')}-{made.printed_on}.{kind}"
