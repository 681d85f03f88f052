"""What the page of a revision shows: how many changes of which kind, the list, the one in hand with both versions."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.versus import rows_of
from guiyan.desk.documents.words import KINDS, summary_of
from guiyan.kernel import calendar
from guiyan.plans import queries
from guiyan.plans.models import Document, Indicator
from guiyan.plans.queries.revisions import is_split, work_done
from guiyan.plans.revisions import Change, changes_of

VERDICTS = {
    "figure": ("数字变了", "amber"),
    "period": ("期限变了", "amber"),
    "units": ("单位变了", "amber"),
    "terms": ("条件变了", "amber"),
    "wording": ("文字变了", "blue"),
    "moved": ("换了位置", "blue"),
    "new": ("新增", "green"),
    "gone": ("不再写", "red"),
    "same": ("没有变", "plain"),
}
ASPECTS = {"wording": "文字", "moved": "位置", "units": "单位", "terms": "条件", "figure": "数字", "period": "期限"}
KEYS = [("J K", "下一处、上一处"), ("Y", "采用新的"), ("N", "沿用旧的"), ("U", "撤回")]


def revision_context(request: ActingRequest, document: Document, refused: str = "", at: str = "") -> dict[str, Any]:
    """Everything the page needs, in a fixed number of queries whatever the documents' length."""
    changes = changes_of(document)
    waiting = [x for x in changes if not x.decided]
    show = request.GET.get("show") or request.POST.get("show") or ("waiting" if waiting else "changed")
    shown = [x for x in changes if _is_shown(x, show)]
    wanted = at or request.GET.get("at", "")
    current = next((x for x in (changes if at else shown) if x.key == wanted), None) or _first(shown)
    if current is not None and current not in shown:
        shown = [current, *shown]
    return {
        "document": document,
        "old": document.revises,
        "show": show,
        "tabs": _tabs(changes, show),
        "rows": [_row(x, x is current, show) for x in shown],
        "current": current,
        "sides": rows_of(current) if current else [],
        "kept_work": _work(current),
        "is_resplit": _is_resplit(current),
        "total": len(changes),
        "done": len(changes) - len(waiting),
        "progress_words": f"已定{len(changes) - len(waiting)}处，共{len(changes)}处",
        "is_open": document.state in ("draft", "reviewing"),
        "blocked": _blocked(document, len(waiting)),
        "effects": effects_of(changes),
        "since": since_of(document),
        "refused": refused,
        "reason": request.POST.get("reason", ""),
        "keys": KEYS,
    }


def _is_shown(change: Change, show: str) -> bool:
    if show == "waiting":
        return not change.decided
    if show == "changed":
        return change.verdict != "same"
    return show == "all" or change.verdict == show


def _first(shown: list[Change]) -> Change | None:
    return next((x for x in shown if not x.decided), shown[0] if shown else None)


def _tabs(changes: list[Change], show: str) -> list[dict[str, Any]]:
    counts = {key: sum(x.verdict == key for x in changes) for key in VERDICTS}
    listed = [("waiting", "待定", sum(not x.decided for x in changes))]
    listed.append(("changed", "全部改动", len(changes) - counts["same"]))
    listed += [(key, label, counts[key]) for key, (label, _) in VERDICTS.items() if counts[key]]
    return [{"label": label, "href": f"?show={key}", "count": n, "current": key == show} for key, label, n in listed]


def _row(change: Change, is_current: bool, show: str) -> dict[str, Any]:
    side = change.new or change.old
    assert side is not None
    label, chip = VERDICTS[change.verdict]
    more = "、".join(ASPECTS[x] for x in change.difference.aspects[1:])
    return {
        "change": change,
        "key": change.key,
        "is_current": is_current,
        "href": f"?show={show}&at={change.key}#change-{change.key}",
        "title": side.values.get("title") or side.values.get("name"),
        "kind": KINDS[change.kind],
        "label": label,
        "chip": chip,
        "more": more,
        "note": _note(change),
        "is_doubtful": change.new is not None and change.new.item.is_open and change.new.item.confidence < 0.7,
    }


def _note(change: Change) -> str:
    """10,000人 → 12,000人, or the one side there is."""
    before = summary_of(change.kind, change.old.values) if change.old else ""
    after = summary_of(change.kind, change.new.values) if change.new else ""
    if before and after and before != after and change.kind == "indicator":
        return f"{before} → {after}"
    return after or before


def _work(change: Change | None) -> list[str]:
    row = change.old.row if change and change.old else None
    return work_done(row) if row else []


def _is_resplit(change: Change | None) -> bool:
    """Whether counties' shares will no longer add up to the new figure."""
    row = change.old.row if change and change.old else None
    return change is not None and change.verdict == "figure" and isinstance(row, Indicator) and is_split(row)


def _blocked(document: Document, waiting: int) -> str:
    """What still stands in the way of publishing, in words."""
    unknown = queries.progress_of(document).unknown_units
    parts = [f"{waiting}处改动没有定" * bool(waiting), f"{unknown}个单位没有认出" * bool(unknown)]
    found = "、".join(words for words in parts if words)
    return f"还有{found}" if found else ""


def effects_of(changes: list[Change]) -> dict[str, int]:
    """How many live rows go over unchanged, change, stay as they were, end and are made."""
    rows = [x for x in changes if x.kind != "measure"]
    return {
        "same": sum(x.verdict == "same" for x in rows),
        "changed": sum(x.old is not None and x.new is not None and x.verdict != "same" for x in rows)
        - sum(x.decided == "kept" and x.new is not None and x.old is not None for x in rows),
        "kept": sum(x.decided == "kept" and x.old is not None for x in rows),
        "ended": sum(x.new is None and x.decided == "accepted" for x in rows),
        "new": sum(x.old is None and x.decided == "accepted" for x in rows),
        "measures": sum(x.kind == "measure" for x in changes),
    }


def since_of(document: Document) -> str:
    """From when the revised document counts: the day it was issued, if it says so and that is not to come."""
    today, issued = calendar.today(), document.issued_on
    before = document.revises.issued_on if document.revises else None
    fits = issued is not None and issued <= today and (before is None or issued >= before)
    return (issued if fits and issued is not None else today).isoformat()


def change_address(document: Document, change: Change | None, show: str) -> str:
    """The page of the revision, at a change."""
    query = f"?show={show}" + (f"&at={change.key}#change-{change.key}" if change else "")
    return reverse("documents:revision", args=[document.id]) + query
