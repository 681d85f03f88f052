"""Datasets beside the registers: what each module publishes, column by column, so that a pack is checked without it.

The module's own `queries.dataset(name)` gives rows with exactly these columns; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiyan.engine.rules import Catalogue
from guiyan.packs.fields import NOT_ASKED, FieldType, field_catalogue
from guiyan.packs.register import MEASURE_WORDS, Register


@dataclass(frozen=True)
class Column:
    """One typed column. Money is in fen, as everywhere."""

    id: str
    label: str
    type: FieldType
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shape:
    """A dataset without its rows: title says what one row is called by."""

    id: str
    label: str
    grain: str
    title: str
    columns: Mapping[str, Column]

    @property
    def catalogue(self) -> Catalogue:
        return field_catalogue(self.columns.values())

    @property
    def counter(self) -> str:
        """What its rows are counted in: 人, 家, 件."""
        return COUNTERS[self.grain]


def shape(name: str, label: str, grain: str, title: str, *columns: Column) -> Shape:
    return Shape(name, label, grain, title, {column.id: column for column in columns})


REGION = Column("region", "所在地", "region")
COUNTERS = {
    **MEASURE_WORDS,
    "一件申请": "件",
    "一笔到账": "笔",
    "一笔贷款": "笔",
}
LOAN_STANDINGS = {
    "current": "正常还款",
    "overdue": "逾期",
    "claim-open": "申请代偿",
    "claim-paid": "已代偿",
    "settled": "已结清",
}

MODULE_SHAPES: Mapping[str, Shape] = {
    one.id: one
    for one in (
        shape(
            "cases", "办件", "一件申请", "number", Column("number", "办件编号", "text"), REGION,
            Column("item", "事项", "text"), Column("measure", "政策措施", "text"), Column("state", "状态", "text"),
            Column("entry", "来源", "text"), Column("amount_fen", "金额", "money"),
            Column("submitted_on", "提交日期", "date"),
        ),
        shape(
            "payments", "到账的拨付", "一笔到账", "case_ref", Column("case_ref", "办件编号", "text"), REGION,
            Column("amount_fen", "金额", "money"), Column("paid_on", "到账日期", "date"),
        ),
        shape(
            "loans", "放出的贷款", "一笔贷款", "number", Column("number", "贷款编号", "text"), REGION,
            Column("measure", "政策措施", "text"), Column("standing", "还款情况", "code", codes=LOAN_STANDINGS),
            Column("amount_fen", "金额", "money"), Column("date", "放款日期", "date"),
        ),
    )
}  # fmt: skip


def shape_of(register: Register) -> Shape:
    """A register as a dataset: its typed columns, no lists, and nothing that not everybody may see."""
    plain = (one for one in register.stored if one.is_open and one.type not in ("list", *NOT_ASKED))
    columns = {one.id: Column(one.id, one.label, one.type, one.unit, one.codes) for one in plain}
    return Shape(register.id, register.label, register.subject, register.title_field, columns)


def shapes(registers: Mapping[str, Register]) -> dict[str, Shape]:
    """Every dataset that a city's indicators may count."""
    return {**MODULE_SHAPES, **{name: shape_of(register) for name, register in registers.items()}}
