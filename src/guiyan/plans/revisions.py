"""A revised document beside the one it revises: the clauses of both, what differs, and what was decided of it.

The old side is what lives today (its tasks, indicators and measures, whatever text they stand on), the new side what
was read and corrected in the revised document. Computed whenever asked, so that it is never older than a correction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guiyan.engine.documents import Clause, Difference, compare
from guiyan.engine.documents.comparing.words import plan_name, unnumbered
from guiyan.plans.matching import likeness
from guiyan.plans.models import Document, Indicator, ReviewItem, RevisionDecision, Task

LEFT_OUT = "修订对照：不采用"
LIKE_A_REVISION = 0.6


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a clause: its reading, what counts of it, its words, and the live row it made."""

    item: ReviewItem
    values: dict[str, Any]
    words: str
    row: Task | Indicator | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a clause, and what an officer made of that (`decision`, while it is about these very words)."""

    difference: Difference
    kind: str
    old: Side | None
    new: Side | None
    decision: RevisionDecision | None

    @property
    def verdict(self) -> str:
        return self.difference.verdict

    @property
    def key(self) -> str:
        """Names the change in an address."""
        return f"{self.old.item.id if self.old else 0}-{self.new.item.id if self.new else 0}"

    @property
    def decided(self) -> str:
        """accepted, kept, or empty while it waits. What is the same needs no more than the reading confirmed."""
        said = self.decision.decision if self.decision else ""
        if self.new is None:
            return said
        read = {"confirmed": "accepted", "dropped": "kept"}.get(self.new.item.decision, "")
        return read if self.verdict in ("same", "new") or read == said else ""


def changes_of(document: Document) -> list[Change]:
    """Everything that became of the clauses of the document it revises, in a fixed number of queries."""
    revised = document.revises
    if revised is None:
        return []
    known = list(RevisionDecision.objects.filter(document=document))
    kept = {row.new_item_id for row in known if row.decision == "kept"}
    new = {f"new{side.item.id}": side for side in new_sides(document, kept)}
    old = {f"old{side.item.id}": side for side in old_sides(revised)}
    said = {(row.old_item_id, row.new_item_id, row.mark): row for row in known}
    found = compare(
        [_clause(key, side) for key, side in old.items()], [_clause(key, side) for key, side in new.items()]
    )
    return [_change(each, old, new, said) for each in found]


def _change(
    found: Difference,
    old: dict[str, Side],
    new: dict[str, Side],
    said: dict[tuple[int, int | None, str], RevisionDecision],
) -> Change:
    before, after = old.get(found.old.key if found.old else ""), new.get(found.new.key if found.new else "")
    side = after or before
    assert side is not None
    decision = said.get((before.item.id, after.item.id if after else None, found.mark)) if before else None
    return Change(found, side.item.kind, before, after, decision)


def new_sides(document: Document, kept: Iterable[int | None] = ()) -> list[Side]:
    """The readings of a document that say something, in the order of the text; those left out here among them."""
    shown = set(kept)
    rows = [
        item
        for item in document.items.order_by("start", "number")
        if item.decision != "dropped" or item.id in shown or item.note == LEFT_OUT
    ]
    return [Side(item, item.values, words_of(document.text, item)) for item in rows]


def old_sides(document: Document) -> list[Side]:
    """What a document obliges to today: its live tasks and indicators and the measures confirmed on it."""
    tasks = {row.item_id: row for row in Task.objects.filter(document=document)}
    figures = {row.item_id: row for row in Indicator.objects.filter(document=document)}
    measures = {item.id for item in measure_items(document)}
    wanted = [*tasks, *figures, *measures]
    items = list(ReviewItem.objects.filter(id__in=wanted).order_by("document_id", "start", "number"))
    texts = dict(Document.objects.filter(id__in={item.document_id for item in items}).values_list("id", "text"))
    found = []
    for item in items:
        row = tasks.get(item.id) or figures.get(item.id)
        values = live_values(row) if row else item.values
        found.append(Side(item, values, words_of(texts[item.document_id], item), row))
    return found


def measure_items(document: Document) -> list[ReviewItem]:
    """The readings that the measures of a document stand on: its own, and the older ones that it left as they were."""
    own = ReviewItem.objects.filter(document=document, kind="measure", decision="confirmed")
    kept = RevisionDecision.objects.filter(document=document, decision="kept", old_item__kind="measure")
    ids = [*own.values_list("id", flat=True), *kept.values_list("old_item_id", flat=True)]
    return list(ReviewItem.objects.filter(id__in=ids).order_by("document_id", "number"))


def live_values(row: Task | Indicator) -> dict[str, Any]:
    """A live row in the shape of a reading."""
    if isinstance(row, Task):
        return {"title": row.title, "lead_units": row.lead_names, "responsible_units": row.unit_names}
    return {
        "name": row.name,
        "parent": row.parent,
        "comparator": row.comparator,
        "value": _number(row.target),
        "value_max": _number(row.target_max),
        "unit": row.unit,
        "kind": row.kind,
        "period": row.period,
        "deadline": row.deadline,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def words_of(text: str, item: ReviewItem) -> str:
    """What a text says of a clause, without its list of units and without its number."""
    return unnumbered(item.words_in(text))


def _clause(key: str, side: Side) -> Clause:
    """What of a version is compared. The words around a figure count with their task."""
    values, item = side.values, side.item
    words = side.words if item.kind != "indicator" else ""
    plan, path = (side.row.plan, item.section_path) if side.row else (item.plan, item.section_path)
    title = values.get("title") or values.get("name") or ""
    return Clause(key, item.kind, title, plan, tuple(path), words=words, **_by_kind(item.kind, values))


def _by_kind(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    if kind == "task":
        return {"lead": tuple(values.get("lead_units") or ()), "units": tuple(values.get("responsible_units") or ())}
    if kind == "indicator":
        figure = (values.get("comparator") or "=", *(_said(values.get(name)) for name in ("value", "value_max")))
        period = f"{values.get('period') or ''}/{values.get('deadline') or ''}"
        counted, parent = values.get("unit") or "", values.get("parent") or ""
        return {"figure": figure, "counted": counted, "period": period, "parent": parent}
    numbers = (_said(values.get(name)) for name in ("amount_min", "amount_max", "rate", "cap_total"))
    terms = (values.get("beneficiary") or "", *(values.get("conditions") or ()))
    return {"figure": (values.get("kind") or "", *numbers), "terms": tuple(x for x in terms if x)}


def _said(value: Any) -> str:
    return "" if value in (None, "") else str(value)


def likely_revised(document: Document, candidates: Iterable[Document]) -> Document | None:
    """The document in force that this one probably revises: of the same title or plans, the likest and newest."""
    best, most = None, LIKE_A_REVISION
    for other in candidates:
        score = _same_document(document, other)
        if score > most or (score == most and best is None):
            best, most = other, score
    return best


def _same_document(a: Document, b: Document) -> float:
    """0 to 1: how alike the titles are, or what share of the plans both hold."""
    mine, theirs = {plan_name(x) for x in a.plans}, {plan_name(x) for x in b.plans}
    plans = len(mine & theirs) / max(len(mine), len(theirs)) if mine and theirs else 0.0
    return max(likeness(plan_name(a.title), plan_name(b.title)), plans)
