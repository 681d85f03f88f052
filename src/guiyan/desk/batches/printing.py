"""What stands on the printed summary and on no page: the total in words, who has already acted, who prints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guiyan.cases.queries import Batch
from guiyan.kernel import workflow

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
SIGNED = {"prepare": "汇总", "recheck": "复核", "sign": "签批"}


def yuan_in_words(fen: int) -> str:
    """An amount as it is written on payment papers: 35,000.00 → 叁万伍仟元整; 12.30 → 壹拾贰元叁角整.

    Source: 《正确填写票据和结算凭证的基本规定》: 整 after yuan and jiao, none after fen; one 零 for zeros between.
    """
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return f"{words or '零元'}整"
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return f"{words}{DIGITS[cent]}分" if cent else f"{words}整"


def _whole(number: int) -> str:
    """A number above zero, in groups of four digits."""
    words, gap = "", False
    groups = [number // 10_000**place % 10_000 for place in range(len(GROUPS))]
    for place in reversed(range(len(GROUPS))):
        group = groups[place]
        if not group:
            gap = bool(words)
            continue
        words += "零" if words and (gap or group < 1000) else ""
        words += _four(group) + GROUPS[place]
        gap = False
    return words


def _four(group: int) -> str:
    words, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = bool(words) and not digit
    return words


def signatures(batch: Batch) -> list[dict[str, Any]]:
    """The cells to sign: what the step is, and who did it here on what day. Whoever has not acted has an empty cell."""
    done: dict[str, tuple[str, datetime]] = {}
    for entry in workflow.history(batch):
        if entry.verb in SIGNED:
            done[entry.verb] = (entry.actor_label, entry.at)
        elif entry.verb == "return_to_open":
            done = {verb: one for verb, one in done.items() if verb == "prepare"}
    return [
        {"label": label, "name": done[verb][0], "at": done[verb][1]} if verb in done else {"label": label}
        for verb, label in SIGNED.items()
    ]
