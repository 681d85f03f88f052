"""Filters: dates, money, shares, names. Numbers come in a span that keeps them with their unit."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guiyan.config.ui import formats
from guiyan.config.ui.tags.library import register
from guiyan.kernel import calendar

AMOUNT = re.compile(r"(\d[\d,.]*(?:[万亿]?[\u4e00-\u9fff]|%))")


def together(text: str) -> SafeString:
    """Keep a number and its unit on one line."""
    return format_html('<span class="nb">{}</span>', text)


def _nothing(value: object) -> bool:
    return value is None or value == ""


@register.filter
def date_cn(day: date | None) -> str:
    return formats.NOTHING if _nothing(day) or day is None else together(formats.date_text(day))


@register.filter
def date_short(day: date | None) -> str:
    if _nothing(day) or day is None:
        return formats.NOTHING
    return together(formats.short_date_text(day, calendar.today().year))


@register.filter
def days_ago(day: date | None) -> str:
    """今天, 267天前; empty for none and for a day to come."""
    return "" if _nothing(day) or day is None else calendar.days_ago(day)


@register.filter
def date_week(day: date | None) -> str:
    if _nothing(day) or day is None:
        return formats.NOTHING
    return format_html("{} {}", date_cn(day), formats.weekday_text(day))


@register.filter
def time_cn(moment: datetime | time | None) -> str:
    return formats.NOTHING if moment is None else formats.time_text(moment)


@register.filter
def datetime_cn(moment: datetime | None) -> str:
    return formats.NOTHING if moment is None else format_html("{} {}", date_cn(moment), time_cn(moment))


@register.filter
def datetime_short(moment: datetime | None) -> str:
    return formats.NOTHING if moment is None else format_html("{} {}", date_short(moment), time_cn(moment))


@register.filter
def yuan(fen: int | None) -> str:
    return formats.NOTHING if fen is None else together(formats.yuan_text(fen))


@register.filter
def yuan_full(fen: int | None) -> str:
    return formats.NOTHING if fen is None else together(formats.full_yuan_text(fen))


@register.filter
def yuan_short(fen: int | None) -> str:
    return formats.NOTHING if fen is None else together(formats.short_yuan_text(fen))


@register.filter
def yuan_more(fen: int | None) -> str:
    """+30万元, −5,000元, 不变; — for none."""
    if fen is None or not fen:
        return formats.NOTHING if fen is None else "不变"
    return together(f"{'+' if fen > 0 else '−'}{formats.short_yuan_text(abs(fen))}")


@register.filter
def ledger_yuan(fen: int | None) -> str:
    return formats.NOTHING if fen is None else formats.ledger_text(fen)


@register.filter
def thousands(number: int | Decimal | None) -> str:
    return formats.NOTHING if number is None else f"{number:,}"


@register.filter
def percent(ratio: float | Decimal | None) -> str:
    return formats.NOTHING if ratio is None else together(formats.percent_text(ratio))


@register.filter
def mask_name(name: str | None) -> str:
    return formats.NOTHING if name is None else formats.masked_name(name)


@register.filter
def dash(value: object) -> object:
    """Nothing reads —; a real zero stays 0."""
    return formats.NOTHING if _nothing(value) else value


@register.filter
def done(percent: float) -> str:
    """54.9%, 不到0.1%: how much of a target."""
    return formats.done_text(float(percent))


@register.filter
def wide_brackets(text: str | None) -> str:
    return "" if text is None else formats.wide_brackets(str(text))


@register.filter
def whole_amounts(text: str) -> SafeString:
    """A sentence as it is, its numbers each with its unit on one line: 拨付到账6笔30,000元."""
    parts = AMOUNT.split(text)
    return format_html_join("", "{}", ((together(part) if AMOUNT.fullmatch(part) else part,) for part in parts))
