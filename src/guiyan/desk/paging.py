"""A page of a short list, and the addresses of its neighbours with every filter kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 30


def paged(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], unit: str = "条", size: int = ROWS
) -> tuple[list[Any], dict[str, str]]:
    """The rows of the page asked for (`?page=`), and what the pager component needs. Two queries."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    total = page.paginator.count
    summary = (
        f"第{page.start_index():,}—{page.end_index():,}{unit}，共{total:,}{unit}"
        if total > size
        else f"共{total:,}{unit}"
    )

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return listed, {
        "summary": summary,
        "previous_href": address(page.previous_page_number()) if page.has_previous() else "",
        "next_href": address(page.next_page_number()) if page.has_next() else "",
    }
