"""The lines of a notice, column by column, as the item declares them."""

from __future__ import annotations

from collections.abc import Callable

from guiyan.accounts.queries import region_paths
from guiyan.cases import declared
from guiyan.cases.models import BatchLine
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.notices.masking import masked_name
from guiyan.packs import NoticeRule
from guiyan.registers import queries as registers

DEFAULT_COLUMNS = ("姓名", "所在乡镇", "经营主体", "金额")


def columns_of(rule: NoticeRule) -> tuple[str, ...]:
    columns = rule.columns or DEFAULT_COLUMNS
    unknown = [name for name in columns if name not in CELLS]
    if unknown:
        raise Refused(f"公示不认识这些栏目：{'、'.join(unknown)}。可用的有：{'、'.join(CELLS)}。", "column")
    if rule.id_number == "none":
        columns = tuple(name for name in columns if name != "身份证号")
    return columns


def cells_of(rule: NoticeRule, lines: list[BatchLine]) -> list[list[str]]:
    """One list of cells a line, in the order of `columns_of`; masked here, before anything is stored."""
    places = region_paths(line.case.region // 1000 * 1000 for line in lines)
    return [[CELLS[name](rule, line, places) for name in columns_of(rule)] for line in lines]


def _name(rule: NoticeRule, line: BatchLine, places: dict[int, str]) -> str:
    whole = rule.name == "full" or line.case.for_firm
    return line.case.applicant if whole else masked_name(line.case.applicant)


def _representative(rule: NoticeRule, line: BatchLine, places: dict[int, str]) -> str:
    """Who applied for the firm, masked whatever the rule says of names: the firm is made public, not its owner."""
    return masked_name(registers.subject(line.case.subject_id).display_name)


def _recognised(rule: NoticeRule, line: BatchLine, places: dict[int, str]) -> str:
    """What the member is to be called in its register."""
    return declared.member_name(line.case)


def _id_number(rule: NoticeRule, line: BatchLine, places: dict[int, str]) -> str:
    known = registers.entry(SYSTEM, "person", line.case.subject_id)
    return str((known or {}).get("id_number") or "—")


def _place(rule: NoticeRule, line: BatchLine, places: dict[int, str]) -> str:
    return places.get(line.case.region // 1000 * 1000, "")


def _firm(rule: NoticeRule, line: BatchLine, places: dict[int, str]) -> str:
    return line.case.firm


def _amount(rule: NoticeRule, line: BatchLine, places: dict[int, str]) -> str:
    yuan, rest = divmod(line.amount_fen, 100)
    return f"{yuan:,}.{rest:02d}元" if rest else f"{yuan:,}元"


CELLS: dict[str, Callable[[NoticeRule, BatchLine, dict[int, str]], str]] = {
    "姓名": _name,
    "单位": _name,
    "法定代表人": _representative,
    "认定对象": _recognised,
    "身份证号": _id_number,
    "所在乡镇": _place,
    "经营主体": _firm,
    "金额": _amount,
}
