"""What the review page shows: the original with its marks, the list of readings, the one in hand."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from guiyan.accounts import offices
from guiyan.accounts.models import Unit
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.forms import FORMS, AddForm, ItemForm, period_words
from guiyan.kernel import releases
from guiyan.plans import queries
from guiyan.plans.models import Document, ReviewItem

KINDS = {"task": "任务", "indicator": "指标", "measure": "政策措施"}
SURE = 0.9


def context_of(request: ActingRequest, document: Document, form: ItemForm | None = None) -> dict[str, Any]:
    """Everything the page needs, in a fixed number of queries whatever the document's length."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in {*KINDS, "unit"} else "task"
    only_open = request.GET.get("open") == "1"
    every = list(queries.items_of(document))
    shown = [x for x in every if x.kind == kind and (x.is_open or not only_open)]
    current = _current(request, shown, form)
    progress = queries.progress_of(document)
    pack = releases.current()
    if form is None and current is not None:
        form = FORMS[current.kind](current, pack)
    mentions = list(document.mentions.order_by("id"))
    return {
        "document": document,
        "progress": progress,
        "progress_words": f"已确认{progress.done}条，共{progress.total}条",
        "kind": kind,
        "only_open": only_open,
        "tabs": _tabs(every, mentions, kind),
        "items": [_row(x, x == current, kind, only_open) for x in shown],
        "current": current,
        "form": form,
        "spans": _spans(every, kind),
        "outline": _outline(document, current),
        "mentions": _mention_rows(mentions) if kind == "unit" else [],
        "units": _unit_choices(document) if kind == "unit" and any(m.is_unknown for m in mentions) else [],
        "sure": sum(x.is_open and x.confidence >= SURE for x in shown),
        "add_form": AddForm(initial={"kind": kind if kind in KINDS else "task"}),
        "is_open": document.state in ("draft", "reviewing"),
        "linked": pack.measures.get(current.links_to) if current and current.kind == "measure" else None,
        "definition": pack.indicators.get(current.links_to) if current and current.kind == "indicator" else None,
    }


def _current(request: ActingRequest, shown: list[ReviewItem], form: ItemForm | None) -> ReviewItem | None:
    if form is not None:
        return form.item
    wanted = request.GET.get("item", "")
    chosen = next((x for x in shown if str(x.id) == wanted), None)
    return chosen or next((x for x in shown if x.is_open), shown[0] if shown else None)


def _tabs(every: list[ReviewItem], mentions: list[Any], kind: str) -> list[dict[str, Any]]:
    counts = {key: sum(x.kind == key for x in every) for key in KINDS}
    rows = [(key, label, counts[key]) for key, label in KINDS.items()]
    rows.append(("unit", "单位", len(mentions)))
    return [{"label": label, "href": f"?kind={key}", "count": n, "current": key == kind} for key, label, n in rows]


def _row(item: ReviewItem, is_current: bool, kind: str, only_open: bool) -> dict[str, Any]:
    suffix = "&open=1" if only_open else ""
    return {
        "item": item,
        "is_current": is_current,
        "href": f"?kind={kind}&item={item.id}{suffix}#span-{item.id}",
        "title": item.values.get("title") or item.values.get("name"),
        "note": summary(item),
        "percent": round(item.confidence * 100),
    }


def summary(item: ReviewItem) -> str:
    """The reading in a line: the target, the amount, or the units."""
    values = item.values
    if item.kind == "indicator":
        words = {">=": "不少于", ">": "超过", "<=": "不超过", "=": ""}[values.get("comparator") or "="]
        when = period_words(values.get("period") or "")
        amount = _amount(values.get("value"))
        return f"{'' if when == '没有写' else when}{words}{amount}{values.get('unit') or ''}"
    if item.kind == "measure":
        low, high = _amount(values.get("amount_min")), _amount(values.get("amount_max"))
        if values.get("rate"):
            return f"{_amount(values['rate'])}%"
        return f"{low}元" if low == high and low else f"最高{high}元" if high and not low else f"{low}—{high}元"
    return "、".join((values.get("lead_units") or []) + (values.get("responsible_units") or []))


def _amount(value: Any) -> str:
    if value in (None, ""):
        return ""
    number = float(value)
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}".rstrip("0")


def _spans(every: list[ReviewItem], kind: str) -> list[dict[str, Any]]:
    spans: list[dict[str, Any]] = []
    for item in every:
        state = "dropped" if item.decision == "dropped" else ""
        href = f"?kind={item.kind}&item={item.id}#span-{item.id}"
        spans.append(
            {
                "id": item.id,
                "start": item.start,
                "end": item.end,
                "kind": item.kind,
                "number": item.number,
                "href": href,
                "state": state,
            }
        )
        if item.unit_start is not None and item.unit_end is not None:
            spans.append({"id": "", "start": item.unit_start, "end": item.unit_end, "kind": "unit", "number": ""})
    return spans


def _outline(document: Document, current: ReviewItem | None) -> list[dict[str, Any]]:
    rows = []
    for section in document.outline:
        inside = current is not None and section["start"] <= current.start < section["end"]
        rows.append({**section, "is_current": inside})
    return rows


def _mention_rows(mentions: list[Any]) -> list[dict[str, Any]]:
    names = offices.unit_names({code for m in mentions for code in m.unit_codes})
    return [{"mention": m, "units": [names.get(code, code) for code in m.unit_codes]} for m in mentions]


def _unit_choices(document: Document) -> list[Unit]:
    return list(
        Unit.objects.filter(valid_to=None).exclude(kind__in=("village", "township")).order_by("region", "name")[:400]
    )


def back_to(document: Document, item: ReviewItem | None = None, kind: str = "", only_open: bool = False) -> str:
    """The review page at the next thing to do."""
    query = f"?kind={item.kind if item else kind}" + ("&open=1" if only_open else "")
    query += f"&item={item.id}#item-{item.id}" if item else ""
    return reverse("documents:review", args=[document.id]) + query
