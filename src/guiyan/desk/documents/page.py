"""What the review page shows: the original with its marks, the list of readings, the one in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from guiyan.accounts import offices
from guiyan.accounts.models import Unit
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.drafted import draft_context, term_spans
from guiyan.desk.documents.forms import FORMS, AddForm, ItemForm
from guiyan.desk.documents.spans import outline_of, spans_of
from guiyan.desk.documents.words import KINDS, summary
from guiyan.engine.documents import SURE
from guiyan.kernel import releases
from guiyan.plans import queries
from guiyan.plans.models import Document, ReviewItem, UnitMention

IN_TEXT = "text"
KEYS = [("J K", "下一条、上一条"), ("Y", "确认"), ("E", "修改"), ("N", "不采用"), ("U", "撤回")]


def context_of(
    request: ActingRequest,
    document: Document,
    form: ItemForm | None = None,
    add_form: AddForm | None = None,
    unit_error: tuple[int, str] | None = None,
    *,
    shown: ReviewItem | None = None,
    teach_error: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Everything the page needs, in a fixed number of queries whatever the document's length."""
    kind = form.item.kind if form else request.GET.get("kind", "") or request.POST.get("kind", "")
    kind = kind if kind in {*KINDS, "unit"} else "task"
    order = order_of(request)
    only_open = (request.GET.get("open") or request.POST.get("open")) == "1"
    every = list(queries.items_of(document))
    is_open = document.state in ("draft", "reviewing")
    listed = [x for x in every if x.kind == kind and (x.is_open or not only_open)]
    if is_open and order != IN_TEXT:
        listed = doubtful_first(listed)
    current = form.item if form else shown or _current(request, listed)
    pack = releases.current()
    if form is None and current is not None:
        form = FORMS[current.kind](current, pack)
    mentions = list(document.mentions.order_by("id"))
    unknown = sum(m.is_unknown for m in mentions)
    is_revision = document.revises_id is not None
    drafted = draft_context(pack, document, current, is_open)
    return {
        "document": document,
        "kind": kind,
        "kind_label": KINDS.get(kind, "单位"),
        "only_open": only_open,
        "order": order,
        "suggested": queries.suggested_revised(request.actor, document) if is_open and not is_revision else None,
        "open_count": sum(x.is_open for x in every if x.kind == kind),
        "tabs": _tabs(every, mentions, kind, order),
        "items": [_row(x, x == current, only_open, order) for x in listed],
        "current": current,
        "form": form,
        "spans": [*spans_of(document, every), *term_spans(drafted["draft"])],
        "outline": outline_of(document, every, current),
        "mentions": _mention_rows(mentions, unit_error) if kind == "unit" else [],
        "units": unit_choices() if kind == "unit" and is_open else [],
        "duty": _duty(every, current),
        "sure": sum(x.is_open and x.confidence >= SURE for x in listed),
        "add_form": add_form or AddForm(initial={"kind": kind if kind in KINDS else "task"}),
        "is_open": is_open,
        "is_draft_text": queries.is_draft_text(document),
        "linked": pack.measures.get(current.links_to) if current and current.kind == "measure" else None,
        "definition": pack.indicators.get(current.links_to) if current and current.kind == "indicator" else None,
        "keys": KEYS,
        "teach_error": teach_error,
        "has_successor": document.state == "in_force" and queries.successors_of(request.actor, document).exists(),
        **drafted,
        **progress_words(every, unknown),
    }


def order_of(request: ActingRequest) -> str:
    """原文顺序 when asked for; else doubtful first, which is how a review is best begun."""
    return IN_TEXT if (request.GET.get("order") or request.POST.get("order")) == IN_TEXT else ""


def doubtful_first(items: Sequence[ReviewItem]) -> list[ReviewItem]:
    """What waits, the least sure first; then what is decided, in the order of the text."""
    return sorted(items, key=lambda x: (not x.is_open, x.confidence if x.is_open else 0, x.number))


def next_open(document: Document, done: ReviewItem, order: str) -> ReviewItem | None:
    """The reading to look at behind the one just decided."""
    rest = document.items.filter(kind=done.kind, decision="")
    if order == IN_TEXT:
        return rest.filter(number__gt=done.number).order_by("number").first()
    return rest.order_by("confidence", "number").first()


def progress_words(every: Sequence[ReviewItem], unknown: int) -> dict[str, Any]:
    """How far the review is, and what still stands in the way of publishing."""
    waiting = sum(x.is_open for x in every)
    why = "、".join(
        words for words in (f"{waiting}条待确认" * bool(waiting), f"{unknown}个单位没有认出" * bool(unknown)) if words
    )
    done = len(every) - waiting
    return {
        "done": done,
        "total": len(every),
        "progress_words": f"已确认{done}条，共{len(every)}条",
        "publish_reason": f"还有{why}" if why else "",
    }


def _current(request: ActingRequest, shown: list[ReviewItem]) -> ReviewItem | None:
    wanted = request.GET.get("item", "")
    chosen = next((x for x in shown if str(x.id) == wanted), None)
    return chosen or next((x for x in shown if x.is_open), shown[0] if shown else None)


def _tabs(every: list[ReviewItem], mentions: list[UnitMention], kind: str, order: str) -> list[dict[str, Any]]:
    counts = {key: sum(x.kind == key for x in every) for key in KINDS}
    rows = [(key, label, counts[key]) for key, label in KINDS.items()]
    rows.append(("unit", "单位", len(mentions)))
    more = f"&order={order}" if order else ""
    return [
        {"label": label, "href": f"?kind={key}{more}", "count": n, "current": key == kind} for key, label, n in rows
    ]


def _row(item: ReviewItem, is_current: bool, only_open: bool, order: str) -> dict[str, Any]:
    suffix = ("&open=1" if only_open else "") + (f"&order={order}" if order else "")
    return {
        "item": item,
        "is_current": is_current,
        "href": f"?kind={item.kind}&item={item.id}{suffix}#span-{item.id}",
        "title": item.values.get("title") or item.values.get("name"),
        "note": summary(item),
        "percent": round(item.confidence * 100),
    }


def _duty(every: Sequence[ReviewItem], current: ReviewItem | None) -> str:
    """The units of the section that a measure or an indicator stands in."""
    if current is None or current.kind == "task":
        return ""
    around = [x for x in every if x.kind == "task" and x.start <= current.start and current.end <= x.end]
    values = around[0].values if around else {}
    return "、".join([*(values.get("lead_units") or []), *(values.get("responsible_units") or [])])


def _mention_rows(mentions: list[UnitMention], error: tuple[int, str] | None) -> list[dict[str, Any]]:
    names = offices.unit_names({code for m in mentions for code in m.unit_codes})
    ordered = sorted(mentions, key=lambda m: not m.is_unknown)
    return [
        {
            "mention": m,
            "units": [(code, names.get(code, code)) for code in m.unit_codes],
            "plain": [names.get(code, code) for code in m.unit_codes] != [m.name],
            "error": error[1] if error and error[0] == m.id else "",
        }
        for m in ordered
    ]


def unit_choices() -> list[Unit]:
    """Units an officer may choose from: bureaus and governments, no villages and townships."""
    units = Unit.objects.filter(valid_to=None).exclude(kind__in=("village", "township"))
    return list(units.only("code", "name", "short_name").order_by("region", "name")[:600])


def back_to(
    document: Document, item: ReviewItem | None = None, kind: str = "", only_open: bool = False, order: str = ""
) -> str:
    """The review page at the next thing to do."""
    query = f"?kind={item.kind if item else kind}" + ("&open=1" if only_open else "")
    query += f"&order={order}" if order else ""
    query += f"&item={item.id}#span-{item.id}" if item else ""
    return reverse("documents:review", args=[document.id]) + query
