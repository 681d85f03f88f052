"""Why a figure is a promise: the witnesses for it, and how many of which kind are asked.

| witness | what it is |
|---|---|
| goal | the heading, or the sentence that tells what the document is for, speaks of goals |
| term | a period governs the figure: 每年, 到2027年, 三年内 |
| will | 力争, 确保, 计划, 预计 |
| deed | its clause does something that a government does: 建成, 新增, 举办 |
| state | its clause says where something is to stand: 达到, 保持在, or a bound from below |
| row | it stands in a row of a task table |
| list | it goes on with a figure that is promised in the same breath |

One witness is enough in a plan; rules for applicants (办法, 细则, 指南, articles in chapters) promise nothing without
goal or will, or without term and deed together. Sure is what two kinds speak for: the words that look ahead (goal,
term, will, row) and those that say what happens (deed, state).
"""

from __future__ import annotations

import re

from guiyan.engine.documents.figures.figures import Piece
from guiyan.engine.documents.figures.passages import Sentence
from guiyan.engine.documents.figures.periods import Reach
from guiyan.engine.documents.figures.quantities import Quantity

AHEAD = frozenset(("goal", "term", "will", "row"))
HAPPENS = frozenset(("deed", "state"))

_GOAL = re.compile(r"目标(?!群体|人群|客户|市场)|发展指标|主要指标")
_PURPOSE = re.compile(
    r"(?:制[定订]|提出|出台)(?:本|如下|以下|此)[^。]{0,12}(?:方案|措施|意见|计划|办法|政策|细则)?。?$"
)
_WILL = re.compile(
    r"力争|争取|确保|目标|(?<!年度)计划(?!单列|投资|总投)|(?<![主重需])要(?!求|素|点)|将(?=达到|建成|实现|新增)|预计|预期(?!性)"
)
_DEED = re.compile(
    r"新[增设开引认]|净增|建(?!筑|议|档|制)|改造|培[育训养]|[引招]进|招[引募聘收商]|引[育回]|打造|举办|"
    r"[开拓扩]展|组[织建]|募集|筹集|提供|实现|完成|扶持|认定|遴选|评[选定]|带动|吸[纳引]|选[派聘树拔送]|推[动广出进]|壮大|"
    r"盘活|创建|设(?!施|计|备|想|定|区|有)|提[升高]|落[地户实]|承接|[发投]放|储备|布局|争创|创成|孵化|转化|集聚|聚集|签约|输[出送]|入库|入驻|"
    r"开工|投产|竣工|办[好成]|安排|拿出|预留|服务|帮扶|联系|对接|走访|保障|收录|归集|征集|发布|开发|攻克|突破|选育|收储|流转|压[减缩降]|减少"
)
_EXISTING = ("依托", "现有", "已有", "用好", "原有")
_SIZE = re.compile(r"(?:投资|占地|面积|规模)(?:约|达|为)?$")
_STATE = re.compile(
    r"达到?|保持|稳定|维持|突破|(?<!不)超过?|提[高升]|增[长加至到]|控制|降[到至低]|下降|不[低少]于|占比?|覆盖率|总[量数规]|迈上|跨越|翻[一两]番|(?<![利费税汇])率(?:为|达)?$"
)


def witnesses(
    sentence: Sentence, quantity: Quantity, piece: Piece, reach: Reach, *, right: str, follows: bool
) -> frozenset[str]:
    """Who speaks for a figure of a sentence; `right`: the words behind it, `follows`: the figure before is promised."""
    chars = sentence.chars
    begin = chars.rfind(";", 0, piece.start) + 1 if piece.breakdown else piece.start
    clause = chars[begin : quantity.core]
    if _stands_already(clause, right):
        return frozenset()
    before = chars[max(0, quantity.core - 240) : quantity.core]
    found = {
        "goal": any(_GOAL.search(heading[:30]) for heading in sentence.path) or bool(_PURPOSE.search(chars)),
        "term": reach.period is not None,
        "will": bool(_WILL.search(before)),
        "deed": bool(_DEED.search(clause) or (right[:1] != "的" and _DEED.search(right))),
        "state": bool(_STATE.search(clause)) or (quantity.comparator in (">=", ">") and quantity.compared),
        "row": sentence.row,
        "list": follows,
    }
    return frozenset(name for name, speaks in found.items() if speaks)


def _stands_already(clause: str, right: str) -> bool:
    """依托占地500亩的园区, 投资20亿元的项目于…开工: how large something is that the clause does not bring about."""
    rest = clause[max(clause.rfind(word) for word in _EXISTING) + 1 :] if any(map(clause.count, _EXISTING)) else ""
    if rest and not _DEED.search(rest):
        return True
    return bool(_SIZE.search(clause)) and right.startswith("的") and not _DEED.search(clause)


def is_promise(found: frozenset[str], *, rules: bool) -> bool:
    """The table above."""
    if rules:
        return bool(found & {"goal", "will"}) or ("term" in found and bool(found & (HAPPENS | {"list"})))
    return bool(found)


def is_sure(found: frozenset[str], *, rules: bool) -> bool:
    if rules and not found & {"goal", "will"}:
        return False
    return bool(found & AHEAD) and bool(found & (HAPPENS | {"list"}))
