"""How an amount came about, as pages and papers tell it line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guiyan.cases.money_words import yuan

Line = tuple[str, str]


def reckoning_lines(reckoning: Mapping[str, Any]) -> list[Line]:
    """What it is for and how much, the last line what is given; empty where the amount is no matter of facts."""
    if not reckoning:
        return []
    least, most = reckoning["least_fen"], reckoning["most_fen"]
    lines = [(reckoning["label"] or "标准", ends(least, most))]
    if reckoning["before_fen"]:
        lines.append(("前几次按标准合计", yuan(reckoning["before_fen"])))
    lines += [(f"已经给过：{row['title']}", yuan(row["fen"])) for row in reckoning["received"]]
    if reckoning["off_fen"]:
        why = "扣除：已给的超过前几次的部分" if reckoning["before_fen"] else "扣除：已经给过的"
        lines.append((why, f"-{yuan(reckoning['off_fen'])}"))
    if reckoning["capped_fen"]:
        lines.append(("扣除：几项合计超过上限的部分", f"-{yuan(reckoning['capped_fen'])}"))
    return [*lines, ("这次给", ends(reckoning["paid_least_fen"], reckoning["paid_most_fen"]))]


def ends(least: int | None, most: int | None) -> str:
    """100万元; 最高20万元; 10万元—20万元; 没有写明."""
    if most is None:
        return "没有写明"
    if least == most:
        return yuan(most)
    return f"{yuan(least)}—{yuan(most)}" if least else f"最高{yuan(most)}"
