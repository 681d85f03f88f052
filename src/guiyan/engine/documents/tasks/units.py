"""Names of units in a statement of responsibility: split, cleaned, collectives kept whole."""

from __future__ import annotations

import re

from guiyan.engine.documents.view import Span, fold, phrase, strip_span

_ENDING = (
    "局|委|办|部|会|府|社|院|校|行|处|所|厅|署|馆|站|队|团|台|报|厂|办公室|中心|公司|集团|联盟|法庭|分局|支行|分行|银行"
    "|区|县|市|旗|州|镇|乡|街道|园区|高校|单位|部门|企业|机构|院所|学校|大学|学院|工商联|侨联|残联|妇联|"
    "文联|科协|团市委|联络处"
)
UNIT_END = re.compile(rf"(?:{_ENDING})(?:\([^()]*\))?$")
_OWN_NAME = re.compile(r"(?:管委会|管理委员会|人民政府|分行|集团|公司|税务局|海关|大学|学院|办事处|高新区|开发区)$")
_PLACE = re.compile(r"[市区县各省州盟团旗国镇乡]|地区|地委|自治|行署|街道|兵团|师市")
_TAIL = re.compile(
    r"(?:等)(?:各?(?:有关|相关|市直|市级|区直|区级|县直|成员)*(?:部门|单位|委办局|职能部门|"
    r"责任单位)?(?:和单位|及单位|、单位)?)$"
)
_GLOSS = re.compile(r"\((?:含|包括|以下)[^()]*\)|\([^()]*下同\)")
_NOTE = re.compile(
    r"以下|不再|下同|另有|列第?|排在|(?:^|[均需])按|^(?:持续|长期|常态化?|同步|扎实|合力|分工|共同)$|职责|牵头单位|为牵头|重复|一并|见附件|完成时|时限|^\d"
)
_GENERIC = re.compile(
    r"^(?:各?(?:县级市|开发区|功能区|园区|高新区|新区|工业园区|市直部门|县|区|市|县\(市\)|市\(县\)|"
    r"区\(市\))(?:人民政府|政府|管委会)?)$"
)
_COLLECTIVE = re.compile(r"^各(?:区|县|市|县\(市\)|县市|市县|开发区|镇|乡)[^局委办]{0,3}$")
_JOINT = re.compile(
    r"(?<=等部门|等单位)(?:以及|和|及)(?=各)|(?<=[局委办部府厅])(?:以及|和|及|与|会同)(?=[市区县各省州国])"
)
LEAD_MARK = re.compile(r"\((?:牵头|主办|主责|牵头单位|牵头部门)\)$")
_OFFICE = re.compile(
    r"(?:[部委局厅署办行院会]|联合会|工商联|妇联|残联|侨联|科协|共青团中央|团[省市县区]委|总工会|办公室|总队|集团|公司|管委会)$"
)
_LEADING = re.compile(r"^(?:以及|由|会同|及|和|与|\*|★|▲)+")


def split_units(text: str, span: Span) -> tuple[list[Span], list[int]]:
    """The spans of the unit names between the marks of `text[span]`, and at which of them a comma stood before."""
    folded = fold(text[span[0] : span[1]])
    parts: list[Span] = []
    after_comma: list[int] = []
    depth = start = 0
    comma = False
    for i, char in enumerate(folded + "、"):
        depth += (char == "(") - (char == ")" and depth > 0)
        at_end = i == len(folded)
        if at_end or (depth == 0 and (char in "、,;。" or _blank_splits(folded, start, i))):
            if folded[start:i].strip():
                if comma:
                    after_comma.append(len(parts))
                parts.append((span[0] + start, span[0] + i))
                comma = False
            comma = comma or char in ",;"
            start = i + 1
    return parts, after_comma


def _blank_splits(folded: str, start: int, at: int) -> bool:
    """A blank parts two names where the first one is complete; the end of a line does not."""
    if not folded[at].isspace() or "\n" in folded[max(0, at - 4) : at + 4]:
        return False
    left, right = folded[max(start, at - 24) : at].strip(), folded[at : at + 24].strip()
    return len(left) >= 3 and bool(UNIT_END.search(left)) and bool(right) and right[0] in "市区县各省州国团"


def clean_units(text: str, spans: list[Span]) -> list[str]:
    """The names at `spans` as written, without glosses, 等有关部门 and side remarks."""
    names: list[str] = []
    known: set[str] = set()
    for span in spans:
        for piece in _JOINT.split(_plain(text, span)):
            if names and fold(piece).startswith(("以下", "其他任务", "下同")):
                return names
            name = _named(piece)
            if not name or name in known:
                continue
            if (
                names
                and _GENERIC.match(fold(name))
                and _COLLECTIVE.match(fold(names[-1]))
                and not name.startswith("各")
            ):
                names[-1] = f"{names[-1]}、{name}"
            else:
                names.append(name)
    return names


def _plain(text: str, span: Span) -> str:
    return "".join(phrase(text, strip_span(text, span, "。.:：;；,，、*★▲")).split())


def _named(piece: str) -> str:
    for found in reversed(list(_GLOSS.finditer(fold(piece)))):
        piece = piece[: found.start()] if found.end() == len(piece) else piece
    if _NOTE.search(fold(piece)):
        return ""
    piece = _LEADING.sub("", piece)
    tail = _TAIL.search(fold(piece))
    if tail:
        piece = piece[: tail.start()]
    piece = piece.rstrip("。.:：等")
    opened, closed = fold(piece).count("("), fold(piece).count(")")
    if closed > opened:
        piece = piece.rstrip(")）〕]】")
    return piece if 1 < len(piece) <= 60 else ""


def are_offices(names: list[str]) -> bool:
    """Names without a place that are offices all the same where all are: 财政部、人民银行、全国妇联."""
    return len(names) > 0 and all(3 <= len(name) <= 24 and _OFFICE.search(fold(name)) for name in names)


def without_mark(name: str) -> str:
    """市人社局(牵头) → 市人社局."""
    found = LEAD_MARK.search(fold(name))
    return name[: found.start()] if found else name


def looks_like_unit(name: str) -> bool:
    """A name that can only be a unit's: a place or 各 before an office, or an office with a name of its own."""
    folded = fold(name)
    if folded.startswith("各") and len(folded) > 1:
        return bool(UNIT_END.search(folded))
    if not 3 <= len(folded) <= 40 or not UNIT_END.search(folded):
        return False
    return bool(_PLACE.match(folded) or _OWN_NAME.search(folded))
