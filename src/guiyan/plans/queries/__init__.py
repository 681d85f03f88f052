"""What others read of plans. Published tasks and indicators are open to all; drafts to the office that reviews them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.plans.models import (
    Document,
    Indicator,
    IndicatorValue,
    ReviewItem,
    Task,
    TaskUnit,
)
from guiyan.plans.revisions import likely_revised, measure_items


def documents_for(actor: Actor) -> QuerySet[Document]:
    """Documents the actor may see, newest first, with how far their review is."""
    rows = visible(actor, "plan.view", Document.objects.defer("text", "outline"), region="region", unit="unit_id")
    return rows.annotate(
        item_count=Count("items"), decided_count=Count("items", filter=~Q(items__decision=""))
    ).order_by("-id")


def document_by_id(actor: Actor, document_id: int) -> Document:
    rows = visible(actor, "plan.view", Document.objects.all(), region="region", unit="unit_id")
    found = rows.filter(id=document_id).first()
    if found is None:
        raise NotFound("没有这份文件，或者不在您的管理范围。")
    return found


def items_of(document: Document, kind: str | None = None, only_open: bool = False) -> QuerySet[ReviewItem]:
    rows = document.items.order_by("number")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(decision="") if only_open else rows


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review is, by kind: decided of all."""

    done: int
    total: int
    by_kind: dict[str, tuple[int, int]]
    unknown_units: int

    @property
    def is_ready(self) -> bool:
        return self.done == self.total and self.unknown_units == 0


def progress_of(document: Document) -> Progress:
    rows = document.items.values("kind").annotate(total=Count("id"), done=Count("id", filter=~Q(decision="")))
    by_kind = {row["kind"]: (row["done"], row["total"]) for row in rows}
    unknown = document.mentions.filter(unit_codes__len=0, is_outside=False).count()
    return Progress(
        sum(done for done, _ in by_kind.values()), sum(total for _, total in by_kind.values()), by_kind, unknown
    )


DRAFT_TEXT = re.compile(r"^[（(【\[]?(?:送审稿|征求意见稿|讨论稿|草案)[）)】\]]?$", re.MULTILINE)


def is_draft_text(document: Document) -> bool:
    """Whether the text calls itself a draft (送审稿) in a line of its own, near its beginning."""
    return DRAFT_TEXT.search(document.text[:3000].replace(" ", "")) is not None


ENDED = ("superseded", "expired")


def successors_of(actor: Actor, document: Document) -> QuerySet[Document]:
    """Documents in force that may take this one's place, newest first."""
    return in_force_for(actor).exclude(id=document.id)


def in_force_for(actor: Actor) -> QuerySet[Document]:
    """Documents in force that the actor may put out of it, newest first; without their text."""
    every = Document.objects.defer("text", "outline")
    rows = visible(actor, "document.publish", every, region="region", unit="unit_id")
    return rows.filter(state="in_force").order_by("-id")


def title_in_force(document_id: int) -> str:
    """What a document in force is called; empty for any other."""
    rows = Document.objects.filter(id=document_id, state="in_force")
    return rows.values_list("title", flat=True).first() or ""


def text_of_document(document_id: int) -> str:
    """Its text, for whoever checks words that are said to stand in it; empty where there is none to see."""
    return Document.objects.filter(id=document_id).values_list("text", flat=True).first() or ""


def suggested_revised(actor: Actor, document: Document) -> Document | None:
    """The document in force that this one probably revises."""
    return likely_revised(document, successors_of(actor, document))


def tasks(document: Document | None = None, *, ended: bool = False) -> QuerySet[Task]:
    """Live tasks with their units, in the order of the document; `ended`: those of documents no longer in force."""
    rows = Task.objects.select_related("document").prefetch_related(
        Prefetch("units", TaskUnit.objects.order_by("role", "position"))
    )
    rows = (
        rows.filter(document=document)
        if document
        else rows.filter(document__state__in=ENDED if ended else ("in_force",))
    )
    return rows.order_by("document_id", "number")


def wordings(found: Sequence[Task]) -> dict[int, str]:
    """task id -> what the document says of it, without its list of units; as public as the task is."""
    words = words_of_items([task.item_id for task in found], {task.document_id: task.document.text for task in found})
    return {task.pk: words[task.item_id] for task in found}


def words_of_items(items: Iterable[int], texts: Mapping[int, str] | None = None) -> dict[int, str]:
    """Id of a reading -> its words, for live tasks and figures alike.

    What was read of a document stands behind the wall of the office that reviewed it, so it is asked apart. texts:
    document id -> text, as far as known; a revision may have left a row on the words of an older document.
    """
    known = dict(texts or {})
    with entered(Scope.system()):
        rows = list(ReviewItem.objects.filter(pk__in=set(items)).only("document_id", "start", "end", "unit_start"))
        if older := {row.document_id for row in rows} - set(known):
            known |= dict(Document.objects.filter(pk__in=older).values_list("pk", "text"))
    return {row.pk: row.words_in(known[row.document_id]) for row in rows}


def document_of_words(task: Task) -> int:
    """The document in which the words of a task stand: an older one where a revision left it as it was."""
    with entered(Scope.system()):
        return ReviewItem.objects.values_list("document_id", flat=True).get(pk=task.item_id)


def tasks_of_unit(rows: QuerySet[Task], unit_code: str) -> QuerySet[Task]:
    """Those of the tasks that a unit has a part in, each once."""
    return rows.filter(id__in=TaskUnit.objects.filter(unit_code=unit_code).values("task_id"))


def indicators(definition: str | None = None) -> QuerySet[Indicator]:
    """Indicators of the documents in force, in the order of the document.

    Never joined with what was read of the document: that is seen by the office that reviewed it alone.
    """
    rows = Indicator.objects.filter(document__state="in_force").select_related("document")
    return rows.filter(definition=definition) if definition else rows.order_by("document_id", "id")


def indicator_by_id(indicator_id: int) -> Indicator:
    """A published indicator; who may drill into its records is asked where they are listed."""
    found = Indicator.objects.filter(id=indicator_id).select_related("document").first()
    if found is None:
        raise NotFound("没有这个指标。")
    return found


def clause_of(indicator: Indicator) -> list[str]:
    """The headings above a published figure; open to all like the document itself."""
    with entered(Scope.system()):
        return [part for part in indicator.item.section_path if part != indicator.plan]


def newest_values(
    indicators_: Sequence[Indicator], period_start: date, places: Sequence[int]
) -> dict[tuple[int, int], IndicatorValue]:
    """The newest figure of each (indicator id, place) for the period that begins on a day, in one query."""
    rows = (
        IndicatorValue.objects.filter(indicator__in=indicators_, period_start=period_start, place__in=places)
        .order_by("indicator_id", "place", "-computed_at", "-id")
        .distinct("indicator_id", "place")
    )
    return {(row.indicator_id, row.place): row for row in rows}


def computed_until(indicators_: Sequence[Indicator]) -> object:
    """When the newest figure was computed, None before the first."""
    return IndicatorValue.objects.filter(indicator__in=indicators_).aggregate(newest=Max("computed_at"))["newest"]


def late_tasks(day: date) -> QuerySet[Task]:
    """Live tasks that should have been done before a day."""
    return tasks().filter(due_on__lt=day, done_on=None)


def tasks_due_by(day: date) -> QuerySet[Task]:
    """Live tasks not done that should be by a day, the first due first."""
    return (
        tasks()
        .defer("document__text", "document__outline")
        .filter(due_on__lte=day, done_on=None)
        .order_by("due_on", "id")
    )


def units_with_tasks() -> QuerySet[Unit]:
    """Units that have a live task, for the filter."""
    codes = TaskUnit.objects.filter(task__document__state="in_force").values("unit_code")
    return Unit.objects.filter(code__in=codes).order_by("region", "name")


@dataclass(frozen=True, slots=True)
class LinkedMeasure:
    """A confirmed reading that an officer tied to a declared measure, with the words it stands on. Amount in yuan.

    quote: empty where the document is not public: residents read of the measure, not the words.
    """

    measure_id: str
    document_id: int
    document_title: str
    section: str
    quote: str
    item_id: int
    read_amount_yuan: Decimal | None
    region: int


def linked_measures(document: Document) -> list[LinkedMeasure]:
    """What `policies` puts in force when the document is published."""
    items = [item for item in measure_items(document) if item.links_to]
    older = {item.document_id for item in items} - {document.id}
    texts = dict(Document.objects.filter(id__in=older).values_list("id", "text")) | {document.id: document.text}
    return [_linked(document, item, texts[item.document_id]) for item in items]


def _linked(document: Document, item: ReviewItem, text: str) -> LinkedMeasure:
    amount = item.values.get("amount_max") or item.values.get("amount_min")
    return LinkedMeasure(
        measure_id=item.links_to,
        document_id=document.id,
        document_title=item.plan or document.title,
        section=item.section_path[-1] if item.section_path else "",
        quote=text[item.start : item.end] if document.is_open else "",
        item_id=item.id,
        read_amount_yuan=Decimal(str(amount)) if amount else None,
        region=document.region,
    )
