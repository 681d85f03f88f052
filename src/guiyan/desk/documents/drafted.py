"""The drafted rule as the review page shows it: terms beside their words, the open ones, and where the rule differs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guiyan.engine.drafting import Difference, DraftTerm
from guiyan.engine.rules import sentence
from guiyan.engine.rules.model import Fact
from guiyan.packs import Pack
from guiyan.plans.drafts import TEACHABLE, Draft, draft_of
from guiyan.plans.meanings import meanings
from guiyan.plans.models import Document, ReviewItem

KINDS = {"person": "个人", "organisation": "单位", "project": "项目"}
WHY = {
    "left-open": "文件没有写明，由经办单位把握",
    "unknown": "没有认出这种说法",
    "ambiguous": "有两种读法",
    "list-goes-on": "“等”后面没有列全",
    "other-subject": "对应的事实不是问这类对象的",
    "no-fact": "事实目录里没有这个日期",
    "tier": "分档给，这一档给谁没有认出",
}


def draft_context(pack: Pack, document: Document, item: ReviewItem | None, is_open: bool) -> dict[str, Any]:
    """`draft` of the measure in hand, None for anything else."""
    if item is None or item.kind != "measure":
        return {"draft": None}
    draft = draft_of(pack, document, item)
    terms = [_row(pack, number, term) for number, term in enumerate(draft.rule.terms)]
    return {
        "draft": {
            "kind": KINDS.get(draft.kind or "", ""),
            "terms": terms,
            "open_count": len(draft.rule.open),
            "settled": [words for words in item.values.get("conditions") or () if _is_settled(words, draft)],
            "expression": draft.rule.expression,
            "findings": None if draft.findings is None else [finding_words(pack, one) for one in draft.findings],
            "meanings": [one.words for one in meanings(pack, draft.kind)] if is_open and _teachable(draft) else [],
        }
    }


def _is_settled(words: str, draft: Draft) -> bool:
    """Whether every term of a condition asks a fact."""
    inside = [term for term in draft.rule.terms if term.words in words and term.source == "condition"]
    return bool(inside) and not any(term.is_open for term in inside)


def _teachable(draft: Draft) -> bool:
    return any(term.why in TEACHABLE for term in draft.rule.open)


def _row(pack: Pack, number: int, term: DraftTerm) -> dict[str, Any]:
    return {
        "mark": mark_of(number),
        "words": term.words,
        "span": term.span,
        "is_open": term.is_open,
        "sentence": sentence(term.tree, pack.catalogue) if term.tree is not None else "",
        "why": WHY[term.why] if term.why else "",
        "may_teach": term.why in TEACHABLE,
        "is_learnt": term.learnt,
        "percent": round(term.confidence * 100),
    }


def mark_of(number: int) -> str:
    """①, ② … the same in the text and in the list."""
    return chr(0x2460 + number) if number < 20 else f"({number + 1})"


def term_spans(draft: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Marks of the terms in the original, under the mark of their measure."""
    return [
        {
            "start": row["span"][0],
            "end": row["span"][1],
            "kind": "term-open" if row["is_open"] else "term",
            "number": row["mark"],
        }
        for row in (draft["terms"] if draft else ())
        if row["span"]
    ]


def finding_words(pack: Pack, found: Difference) -> str:
    """文件写“45岁(含)以下”，规则写“创办人50岁以下”。例如年龄46周岁，按文件不符合，按规则符合。"""
    label = found.declared.label if found.declared else ""
    if found.kind == "not-declared":
        return f"文件写“{found.term.words if found.term else ''}”，规则没有这一条。"
    if found.kind == "not-in-words":
        return f"规则有“{label}”，这段文字里没有认出。"
    told = f"文件写“{found.term.words if found.term else ''}”，规则写“{label}”。"
    if not found.case or found.drafted_says is None:
        return told
    facts = "，".join(_fact_words(pack.facts[name], value) for name, value in found.case.items())
    yes, no = ("符合", "不符合") if found.drafted_says else ("不符合", "符合")
    return f"{told}例如{facts}，按文件{yes}，按规则{no}。"


def _fact_words(fact: Fact, value: Any) -> str:
    if isinstance(value, bool):
        return (fact.yes if value else fact.no) or fact.label
    if isinstance(value, int):
        return f"{fact.label}{value:,}{fact.unit}"
    if isinstance(value, list):
        return f"{fact.label}：{'、'.join(fact.codes.get(one, one) for one in value) or '没有'}"
    if fact.type == "date":
        day = date.fromisoformat(str(value))
        return f"{fact.label}{day.year}年{day.month}月{day.day}日"
    return f"{fact.label}：{fact.codes.get(str(value), str(value))}"
