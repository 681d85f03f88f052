"""A what-if in one sentence, as it is read out in a meeting."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from guiyan.insights.whatif.reading import Answer, MeasureAnswer
from guiyan.kernel.calendar import long_day
from guiyan.outreach.models import WhatIfRun

WAN = 10_000 * 100


def sentence(run: WhatIfRun, answer: Answer, place: str) -> str:
    """年龄由45周岁改为50周岁后，全市符合“…”的多出12人（由30人变为42人），最多多花6万元。"""
    parts = [part(one, run.counter) for one in ([answer.together] if answer.together else answer.measures)]
    return f"{change(run)}后，{place}{'；'.join(parts)}。"


def change(run: WhatIfRun) -> str:
    """What is changed: by itself where it is one thing, else how many."""
    if run.drafts:
        return "按起草的规则改"
    days = [f"改按{long_day(run.changed_day)}算"] if run.changed_day != run.day else []
    if len(run.said) + len(days) > 1:
        return f"改动{len(run.said) + len(days)}处"
    if days:
        return days[0]
    (one,) = run.said
    if one["changed"] == "不要":
        return f"去掉“{one['within']}”这个条件"
    return f"{one['label']}由{one['today']}改为{one['changed']}"


def part(one: MeasureAnswer, counter: str) -> str:
    whom = f"符合“{one.title}”的" if one.id else "至少符合其中一项的"
    return f"{whom}{people(one, counter)}{money(one)}"


def people(one: MeasureAnswer, counter: str) -> str:
    total = one.total
    if not total.came and not total.left:
        return f"还是{total.after:,}{counter}"
    ends = f"由{total.before:,}{counter}变为{total.after:,}{counter}"
    if total.came and total.left:
        return f"{ends}，新进{total.came:,}{counter}、退出{total.left:,}{counter}"
    return f"多出{total.came:,}{counter}（{ends}）" if total.came else f"少了{total.left:,}{counter}（{ends}）"


def money(one: MeasureAnswer) -> str:
    """What it costs more or less at most; credit is told apart from what the treasury pays."""
    more = one.total.fen_more
    if not one.money:
        return ""
    if not more:
        return "，钱数不变" if one.money == "given" else "，贷款额度不变"
    if one.money == "given":
        return f"，最多{'多花' if more > 0 else '少花'}{in_wan(abs(more))}"
    return f"，贷款额度最多{'增加' if more > 0 else '减少'}{in_wan(abs(more))}"


def in_wan(fen: int) -> str:
    """2,070万元, 409.3万元; below 1万 in full."""
    if fen < WAN:
        return f"{fen // 100:,}元"
    wan = (Decimal(fen) / WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{f'{wan:,f}'.rstrip('0').rstrip('.')}万元"
