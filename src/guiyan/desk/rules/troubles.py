"""What is wrong with a draft, by the part of the page that it is told at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiyan.desk.rules.content import Data, last_version, listed, mapping
from guiyan.engine.rules.errors import Path
from guiyan.policies.queries import RuleProblem

BASICS = ("title", "for", "strength", "payer", "once_per", "item", "office", "public", "plain", "open_conditions")
PLACES = {
    "basics": "是什么",
    "conditions": "条件",
    "benefit": "给什么",
    "parameters": "参数",
    "days": "从哪天起",
    "cases": "标准案例",
    "clause": "依据",
}


PARTS = {
    "label": "名称",
    "title": "名称",
    "value": "值",
    "set_by": "“谁定的”",
    "by": "“看哪项事实”",
    "amounts_yuan": "金额",
    "amount_yuan": "金额",
    "amount_min_yuan": "最少金额",
    "amount_max_yuan": "最多金额",
    "rate_percent": "比例",
    "from": "施行日期",
    "to": "到期日期",
    "on": "日期",
    "section": "条款",
    "document": "文件",
    "plan": "方案",
}
LINES = "有一行还没有写完，或者写得不对，看那一行下面的提示。"


@dataclass(frozen=True)
class Trouble:
    """anchor: the id of what is to be mended; where: what the page calls it."""

    anchor: str
    where: str
    words: str


def troubles_of(content: Data, problems: Sequence[RuleProblem], unfinished: Sequence[str]) -> list[Trouble]:
    """Each problem at its place. unfinished: prefixes of conditions and tiers whose lines say for themselves what is
    missing, so that the rule's own complaint about them is not told beside it."""
    found = [Trouble(anchor_of(content, one.path), part_of(one.path), one.words) for one in problems]
    lines = [Trouble(prefix, "", LINES) for prefix in unfinished]
    kept = [one for one in found if one.anchor not in unfinished]
    return [Trouble(one.anchor, f"{where_of(one.anchor)}{one.where}", one.words) for one in [*lines, *kept]]


def part_of(path: Path) -> str:
    """的名称: which control of its block, where the path says so."""
    named = [part for part in path if isinstance(part, str)]
    return f"的{PARTS[named[-1]]}" if named and named[-1] in PARTS else ""


def anchor_of(content: Data, path: Path) -> str:
    head, *rest = [str(part) for part in path] or [""]
    if head == "cases":
        return f"k{rest[0]}" if rest else "cases"
    if head == "clause":
        return "clause"
    if head != "versions":
        return "basics"
    last = str(len(listed(content.get("versions"))) - 1)
    if len(rest) < 2 or rest[0] != last or rest[1] in ("from", "to"):
        return "days"
    return inside_version(last_version(content), rest[1], rest[2:])


def inside_version(version: Data, part: str, rest: Sequence[str]) -> str:
    if part in ("conditions", "parameters") and rest:
        names = list(mapping(version.get(part)))
        return f"{part[0]}{names.index(rest[0])}" if rest[0] in names else part
    if part == "benefit" and len(rest) > 1 and rest[0] == "tiers":
        return f"t{rest[1]}"
    return part if part in PLACES else "days"


def where_of(anchor: str) -> str:
    if anchor in PLACES:
        return PLACES[anchor]
    number = int(anchor[1:]) + 1 if anchor[1:].isdigit() else 0
    words = {"c": "第{}条条件", "p": "第{}个参数", "t": "第{}档", "k": "第{}个案例"}
    return words.get(anchor[:1], "{}").format(number)


def by_place(troubles: Sequence[Trouble]) -> Mapping[str, str]:
    """Anchor → what is told there; of a line that is not finished its own line says it."""
    found: dict[str, list[str]] = {}
    for one in troubles:
        if one.words != LINES:
            found.setdefault(one.anchor, []).append(f"{one.where}：{one.words}")
    return {anchor: " ".join(dict.fromkeys(words)) for anchor, words in found.items()}
