"""What a revision found of live rows: what has been done on them, and what earlier revisions changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from guiyan.plans.models import Document, Indicator, PlanChange, Task


def work_done(row: Task | Indicator) -> list[str]:
    """What hangs on a live row and stays with it, in words; empty where nothing has been done yet."""
    written = row.instructions.count()
    if isinstance(row, Task):
        added = row.units.filter(role="added").count()
        parts = [
            (row.done_on is not None, "已记为完成"),
            (row.due_on is not None, "已定期限"),
            (bool(added), f"增列单位{added}个"),
        ]
    else:
        years = list(row.splits.filter(state="issued").order_by("year").values_list("year", flat=True))
        filled = row.reported.exclude(state="open").count()
        parts = [
            (bool(years), f"{'、'.join(map(str, years))}年分解已下达"),
            (bool(filled), f"填报{filled}次"),
            (row.values.exists(), "已有实绩"),
        ]
    return [words for done, words in (*parts, (bool(written), f"批示{written}条")) if done]


def is_split(row: Indicator) -> bool:
    """Whether counties have shares of this target that were issued."""
    return row.splits.filter(state="issued").exists()


def changes_in(row: Task | Indicator) -> QuerySet[PlanChange]:
    """What revisions changed in a live row, the latest first."""
    return row.changes.select_related("from_document", "to_document").order_by("-id")


def changes_by(document: Document) -> QuerySet[PlanChange]:
    """What a revised document changed when it was published, as it was listed."""
    rows = PlanChange.objects.filter(to_document=document).select_related("task", "indicator", "from_document")
    return rows.order_by("id")


def changed_targets(live: Sequence[Indicator]) -> dict[int, PlanChange]:
    """Indicator id -> the latest change of its figure, in one query."""
    rows = PlanChange.objects.filter(indicator__in=live, verdict="figure").order_by("indicator_id", "-id")
    return {row.indicator_id: row for row in rows.distinct("indicator_id") if row.indicator_id is not None}
