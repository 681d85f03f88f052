"""The list of imported documents: searched, narrowed by state, sorted, paged; all of it in the address."""

from __future__ import annotations

from typing import Any

from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.plans import queries

STATES = {
    "draft": "待核对",
    "reviewing": "核对中",
    "in_force": "执行中",
    "superseded": "已被替代",
    "expired": "已到期",
    "dropped": "已作废",
}
SORTS = {"title": "title", "issued": "issued_on", "added": "id"}


def documents_listed(request: ActingRequest) -> dict[str, Any]:
    rows = queries.documents_for(request.actor)
    words, state = words_of(request), request.GET.get("state", "")
    if words:
        rows = rows.filter(title__contains=words)
    if state in STATES:
        rows = rows.filter(state=state)
    page, pager = paged(request, ordered(request, rows, SORTS), "份")
    return {"rows": page, "pager": pager, "q": words, "states": list(STATES.items()), "narrowed": bool(words or state)}
