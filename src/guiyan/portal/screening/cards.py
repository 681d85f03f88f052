"""A verdict as its card shows it: amount, reasons, clause with its words, who handles it, one verb."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from guiyan.cases.queries import Case
from guiyan.engine.rules import Reason, ScreenResult
from guiyan.engine.rules.measure import ONCE
from guiyan.kernel import releases
from guiyan.kernel.calendar import short_day
from guiyan.packs import Item
from guiyan.portal.apply.promised import promised
from guiyan.portal.measures.words import measure_words
from guiyan.portal.offices import office_words
from guiyan.portal.screening.screening import Screening, askable, fact_of
from guiyan.portal.screening.words import NOTES, amount_words, fact_words, plain_words


def card_of(found: Screening, result: ScreenResult, case: Case | None, region: int | None) -> dict[str, Any]:
    """`case` is her own request for this measure, if there is one: then the card leads to it."""
    live = found.live[result.id]
    version = releases.current().compiled[result.id].version_on(found.on)
    kind = version.source.benefit.kind if version else ""
    said = measure_words(live, found.on)
    item = releases.current().items.get(live.measure.item or "")
    measure_href = reverse("portal:measure", args=[result.id])
    card: dict[str, Any] = {
        "verdict": result.verdict,
        "title": result.title,
        "amount": said.amount if said.beside else amount_words(result),
        "amount_note": said.beside or NOTES.get(kind, ""),
        "reasons": [reason_of(found, one) for one in result.reasons],
        "no_conditions": no_conditions(kind) if not (result.reasons or result.open_conditions) else "",
        "open_conditions": list(result.open_conditions) if result.verdict == "yes" else [],
        "clause": releases.current().clause_words(live.measure.clause),
        "clause_href": f"{measure_href}#clause",
        "office": office_words(live.measure, region),
        "time": time_words(item) if item is not None else "",
    }
    if result.verdict == "yes":
        card |= way_on(live.measure.item, said.verb, case)
    elif result.verdict == "unknown":
        card |= {"href": reverse("portal:question", args=[fact]) if (fact := open_fact(found, result)) else ""}
        card |= {"verb": "去回答"}
    return card


def no_conditions(kind: str) -> str:
    """Said where a document gives something without a word on who may have it."""
    return f"文件没有写条件，由经办单位{'和银行' if kind == 'loan' else ''}审核。"


def time_words(item: Item) -> str:
    """How long it takes: until one knows whether it is taken up, then until it is decided."""
    then = promised(item)
    return f"{item.acceptance_days}个工作日内{then.first}；{then.then}"


def open_fact(found: Screening, result: ScreenResult) -> str:
    """The question that this verdict waits for; those answered 不清楚 may be answered after all."""
    missing = [fact for fact in result.missing if askable(fact)]
    return next((fact for fact in missing if fact not in found.told.unsure), missing[0] if missing else "")


def way_on(item: str | None, verb: str, case: Case | None) -> dict[str, str]:
    if item is None or item not in releases.current().items:
        return {}
    if case is not None and case.number:
        return {"href": reverse("portal:case", args=[case.number]), "verb": "您已申请，看办到哪一步"}
    return {"href": reverse("portal:apply", args=[item]), "verb": verb}


def reason_of(found: Screening, reason: Reason) -> dict[str, str]:
    """The condition, and what it was judged on where that isn't plain from it."""
    return {"verdict": reason.verdict, "label": reason.label + judged_on(found, reason)}


def judged_on(found: Screening, reason: Reason) -> str:
    """What the verdict of one condition stands on, behind its label."""
    if reason.condition == ONCE and reason.verdict == "yes" and not found.checked_received:
        return "，按没有领过判断"
    if reason.verdict == "unknown":
        return still_open(found, reason)
    if reason.verdict == "yes":
        sources = (found.held[name].source for name in reason.facts if name in found.held)
        return next((f"（{source}已核对）" for source in sources if source), "")
    said = [words for name in reason.facts if (words := said_of(found, name))]
    return f"：{'；'.join(said)}" if said else ""


def still_open(found: Screening, reason: Reason) -> str:
    """The question that is open, and what of the condition is known already."""
    asked = (fact_of(name) for name in reason.facts if askable(name) and not known(found, name))
    question = next((f"：{fact.question.text}" for fact in asked if fact and fact.question), "")
    sure = [words for name in reason.facts if name in found.held and (words := said_of(found, name))]
    return f"{question}已知：{'；'.join(sure)}。" if question and sure else question


def known(found: Screening, name: str) -> bool:
    return name in found.held or name in found.told.answers


def said_of(found: Screening, name: str) -> str:
    """The value that spoke against it, and who said so."""
    fact, row = fact_of(name), found.held.get(name)
    value = row.value if row else found.told.answers.get(name)
    if fact is None or value is None:
        return ""
    if row is None:
        return f"{fact_words(fact, value)}（您填写的）"
    day = f"，{short_day(row.checked_on)}核对" if row.checked_on else ""
    return f"{fact.told(plain_words(fact, row.value))}（{row.source or '已有记录'}{day}）"
