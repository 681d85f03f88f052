"""Issuing facts: number, issuer, dates, publicity, term, cited documents. What is not there stays None."""

from __future__ import annotations

import re
from datetime import date

from guiyan.engine.documents.model import IssuingFacts
from guiyan.engine.documents.view import View, phrase

_HEAD = 60
_NUMBER = re.compile(r"^(?:文号|发文字号|发布文号)?:?([\u4e00-\u9fff]{2,14}\(\d{4}\)第?\d{1,4}号)")
_DATE_LINE = re.compile(r"^(?:[\u4e00-\u9fff()]{0,30}?)(\d{4})年(\d{1,2})月(\d{1,2})日(?:发布|印发)?[。)]?$")
_ISSUER = re.compile(
    r"^(?:中共)?[\u4e00-\u9fff]{2,22}(?:人民政府办公室|人民政府办公厅|人民政府|委员会办公室|委办公厅|"
    r"委员会|管委会|局|厅|办公室)(?:\([^()]{2,20}\))?$"
)
_SIGNED = re.compile(
    r"^([\u4e00-\u9fff]{4,30}?(?:局|委|办|府|厅|会)(?:\([^()]{2,20}\))?)(\d{4})年(\d{1,2})月(\d{1,2})日"
)
_PUBLIC = re.compile(r"(?:此件|本件)?(主动公开|依申请公开|不予公开|公开发布)")
_UNTIL = re.compile(r"(?:有效期|执行期|施行期|实施期)[^。]{0,20}?(?:至|到|截至|截止)(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEARS = re.compile(r"有效期(?:为|暂定)?([一二三四五六七八九十]|\d{1,2})年")
_FROM = re.compile(r"(?:自|从)(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行|生效)")
_TERM = re.compile(r"\(?\d{4}年?[-~至](\d{4})年?\)?")
_CITED = re.compile(
    r"《[^《》]{3,80}(?:《[^《》]{1,60}》[^《》]{0,40})?》(?:\([\u4e00-\u9fff]{2,12}\(\d{4}\)\d{1,4}号\))?"
)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def issuing_of(text: str, views: list[View], title: str) -> IssuingFacts:
    """What the document says about its own issue. `title` is the document's."""
    head = views[:_HEAD]
    number = next((found for view in head if (found := _NUMBER.match(view.chars))), None)
    issuer, issued_on = _signature(views)
    publicity = next((m[1] for v in [*head, *views[-6:]] if len(v) < 40 and (m := _PUBLIC.search(v.chars))), None)
    number_words = _at(text, views, number)
    return IssuingFacts(
        title=title,
        doc_number=number_words,
        issuer=issuer,
        issued_on=issued_on,
        publicity="主动公开" if publicity == "公开发布" else publicity,
        valid_until=_valid_until(views, title, issued_on),
        cited=_cited(text, views, title),
    )


def _at(text: str, views: list[View], found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    view = next(each for each in views if each.chars is found.string or each.chars == found.string)
    return phrase(text, view.span(*found.span(1))).replace(" ", "")


def _signature(views: list[View]) -> tuple[str | None, date | None]:
    """The issuer signs on the line above the date, or on the same line."""
    nearby = views[:_HEAD] + (views[-8:] if len(views) > _HEAD else [])
    for i, view in enumerate(nearby):
        signed = _SIGNED.match(view.chars)
        if signed and len(view) < 60:
            return signed[1], _day(signed[2], signed[3], signed[4])
        dated = _DATE_LINE.match(view.chars) if len(view) < 40 else None
        if dated and i and _ISSUER.match(nearby[i - 1].chars):
            return nearby[i - 1].chars, _day(*dated.groups())
    issuer = next((v.chars for v in nearby if len(v) < 26 and _ISSUER.match(v.chars)), None)
    return issuer, None


def _valid_until(views: list[View], title: str, issued_on: date | None) -> date | None:
    """The stated end, else the term counted from its beginning, else the last year named in the title."""
    begins = issued_on
    years: int | None = None
    for view in views:
        until = _UNTIL.search(view.chars)
        if until:
            return _day(*until.groups())
        starts = _FROM.search(view.chars)
        begins = (_day(*starts.groups()) if starts else None) or begins
        lasting = _YEARS.search(view.chars)
        if lasting and years is None:
            years = int(lasting[1]) if lasting[1].isdigit() else "零一二三四五六七八九十".index(lasting[1])
    if years and begins:
        return _day(str(begins.year + years), str(begins.month), str(min(begins.day, 28)))
    term = _TERM.search(title.replace("—", "-").replace("－", "-").replace("–", "-"))
    return _day(term[1], "12", "31") if term else None


def _cited(text: str, views: list[View], title: str) -> tuple[str, ...]:
    """Documents named in 《》, with their numbers; the document itself left out."""
    own = re.sub(r"\W", "", title)
    names: list[str] = []
    for view in views:
        for found in _CITED.finditer(view.chars):
            words = phrase(text, view.span(*found.span()))
            inner = re.sub(r"\W", "", words.split("》")[0])
            if inner and inner not in own and own not in inner and words not in names and _is_document(words):
                names.append(words)
    return tuple(names)


def _is_document(words: str) -> bool:
    return bool(
        re.search(
            r"(?:意见|办法|方案|计划|规划|通知|条例|规定|措施|政策|细则|纲要|决定|法|指引|目录|清单|要点|"
            r"行动)(?:\(.{1,16}\)|（.{1,16}）)?》",
            words,
        )
    )
