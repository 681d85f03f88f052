"""The file people fill in: the register's columns, what each means, and choices where there are choices."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from guiyan.packs.register import ComparisonList, Field, Register
from guiyan.registers.declared import reported_fields
from guiyan.registers.importing.lists import as_field
from guiyan.registers.values import range_words

LAST_ROW = 20_000
WORDS = {
    "text": "文字",
    "long_text": "文字",
    "int": "整数",
    "decimal": "数字，最多两位小数",
    "bool": "是或否",
    "date": "日期，写成2026-03-18",
    "datetime": "时间，写成2026-03-18 09:30",
    "picture": "在网页上传，这里不填",
    "money": "金额，单位元",
    "code": "选一个",
    "list": "可以选几个，用顿号隔开",
    "region": "区划，写成通山县大畈镇或12位代码",
    "phone": "11位手机号",
    "id_number": "18位身份证号",
}


def register_template(register: Register) -> bytes:
    return workbook(register.label, reported_fields(register))


def list_template(wanted: ComparisonList) -> bytes:
    return workbook(wanted.label, [as_field(column) for column in wanted.columns.values()])


def workbook(title: str, fields: Sequence[Field]) -> bytes:
    """Two sheets: 填写 with the head alone, 说明 with a line a column. All cells are text: Excel keeps zeros."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, notes = book.add_worksheet("填写"), book.add_worksheet("说明")
    bold, text = book.add_format({"bold": True, "bg_color": "#EFF4FB"}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    notes.write_row(0, 0, ["列", "必填", "怎么填", "可选的值", "例子"], bold)
    notes.set_column(0, 4, 24)
    for place, one in enumerate(fields):
        sheet.write(0, place, one.label + ("*" if one.required else ""), bold)
        sheet.set_column(place, place, max(12, len(one.label) * 2 + 4), text)
        choices = list(one.codes.values()) or (["是", "否"] if one.type == "bool" else [])
        if choices and one.type != "list" and len("，".join(choices)) < 200:
            sheet.data_validation(1, place, LAST_ROW, place, {"validate": "list", "source": choices})
        how = "；".join(part for part in (WORDS[one.type], bounds(one), one.hint) if part)
        notes.write_row(place + 1, 0, [one.label, "是" if one.required else "", how, "、".join(choices), one.example])
    notes.write(len(fields) + 2, 0, f"{title}：带*的列必须填；不要改表头，不要合并单元格；没有的内容留空。")
    book.close()
    return target.getvalue()


def bounds(one: Field) -> str:
    if one.not_after == "today":
        return "不晚于填表当天"
    if one.pattern or one.max_length is not None:
        return "，".join(filter(None, (one.pattern_words, f"最多{one.max_length}字" if one.max_length else "")))
    return range_words(one) if (one.least, one.most) != (None, None) else ""
