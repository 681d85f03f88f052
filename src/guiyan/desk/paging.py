"""Lists that stand in their address: words to search for, a page, and its neighbours with every filter kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 30
LONGEST_SEARCH = 80
NO_MARKS = dict.fromkeys(range(32))


def words_of(request: HttpRequest, name: str = "q") -> str:
    """What is searched for: without control characters, which no text column can hold, and not endless."""
    return request.GET.get(name, "").translate(NO_MARKS).strip()[:LONGEST_SEARCH]


def ordered(request: HttpRequest, rows: QuerySet[Any], columns: Mapping[str, str]) -> QuerySet[Any]:
    """The rows as `?sort=key` or `?sort=-key` asks, ties by id; as they were for anything else."""
    wanted = request.GET.get("sort", "")
    column = columns.get(wanted.removeprefix("-"))
    sign = "-" if wanted.startswith("-") else ""
    return rows.order_by(f"{sign}{column}", f"{sign}id") if column else rows


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
