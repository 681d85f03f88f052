"""How numbers, money and dates are written for people; plain text, no HTML."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from guiyan.kernel.calendar.words import local, long_day, short_day

NOTHING = "—"
WEEKDAYS = "一二三四五六日"
FEN_PER_YUAN = 100
FEN_PER_WAN = 10_000 * FEN_PER_YUAN
FEN_PER_YI = 100_000_000 * FEN_PER_YUAN
LEAST_DONE, MOST_NOT_DONE, ALL_DONE = 0.1, 99.9, 100
SHORT_NAME = 2
AROUND_CHINESE = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")


def date_text(day: date | datetime) -> str:
    return long_day(day)


def short_date_text(day: date | datetime, this_year: int) -> str:
    """The year is left out only when it is this year."""
    return short_day(day, this_year)


def weekday_text(day: date | datetime) -> str:
    return f"星期{WEEKDAYS[local(day).weekday()]}"


def time_text(moment: datetime | time) -> str:
    if isinstance(moment, datetime):
        shown = local(moment)
        assert isinstance(shown, datetime)
        moment = shown.time()
    return moment.strftime("%H:%M")


def plain_number(value: Decimal) -> str:
    """Thousands apart, no trailing zeros: 86.5, 12,360."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _in_unit(fen: int, unit_fen: int, digits: int) -> Decimal:
    return (Decimal(fen) / unit_fen).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def full_yuan_text(fen: int) -> str:
    """All digits, never 万: 60,000元; fen only when there are any."""
    if fen % FEN_PER_YUAN:
        return f"{ledger_text(fen)}元"
    return f"{fen // FEN_PER_YUAN:,}元"


def yuan_text(fen: int) -> str:
    """Exact: 万元 and 亿元 only where at most one (万) or two (亿) decimals say everything."""
    size = abs(fen)
    for unit_fen, word, digits in ((FEN_PER_YI, "亿元", 2), (FEN_PER_WAN, "万元", 1)):
        if size >= unit_fen and fen % (unit_fen // 10**digits) == 0:
            return f"{plain_number(_in_unit(fen, unit_fen, digits))}{word}"
    return full_yuan_text(fen)


def short_yuan_text(fen: int) -> str:
    """Rounded for tiles: 13.72亿元, 1,706万元; below 1万 in full."""
    size = abs(fen)
    if size >= FEN_PER_YI:
        return f"{plain_number(_in_unit(fen, FEN_PER_YI, 2))}亿元"
    if size >= FEN_PER_WAN:
        return f"{plain_number(_in_unit(fen, FEN_PER_WAN, 1))}万元"
    return full_yuan_text(fen)


def ledger_text(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // FEN_PER_YUAN:,}.{abs(fen) % FEN_PER_YUAN:02d}"


def percent_text(ratio: float | Decimal) -> str:
    return f"{(Decimal(str(ratio)) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def done_text(percent: float) -> str:
    """54.9% of a target. What has begun is never 0.0%, and what is missing something never 100.0%."""
    if 0 < percent < LEAST_DONE:
        return f"不到{LEAST_DONE}%"
    return f"{MOST_NOT_DONE if MOST_NOT_DONE < percent < ALL_DONE else percent:.1f}%"


def masked_name(name: str) -> str:
    """李* for two characters, 张*明 for three and more."""
    name = name.strip()
    if not name:
        return NOTHING
    if len(name) <= SHORT_NAME:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def wide_brackets(text: str) -> str:
    """二(七) → 二（七）: round brackets around Chinese are full-width on pages; quoted documents keep their own."""
    return AROUND_CHINESE.sub(r"（\1）", text)
