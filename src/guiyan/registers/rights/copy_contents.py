"""The copy itself: one zip with the same contents twice, for machines (JSON) and for people (a page to open)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from django.utils import timezone

from guiyan.accounts.queries import region_paths
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.packs.register import Field
from guiyan.registers.models import DataRequest
from guiyan.registers.rights.asking import claim_text
from guiyan.registers.rights.held import HeldEntry, HeldField, held_entries
from guiyan.registers.rights.looks import looks_of
from guiyan.registers.rights.passed import passed_of
from guiyan.registers.rights.retention import all_kept
from guiyan.registers.timelines import happenings_of
from guiyan.registers.values import HUNDRED, SCALED, Value

MOST_HAPPENINGS, MOST_LOOKS = 5_000, 10_000
STYLE = (
    "body{font-family:sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.7}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccd4df;padding:.3rem .6rem;text-align:left}"
)


def contents_of(subject_ids: Sequence[int], user_id: int, moment: datetime) -> bytes:
    """Everything held of these subjects, numbers in full. In the system's scope."""
    told = gathered(subject_ids, user_id, moment)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("个人信息.json", json.dumps(told, ensure_ascii=False, indent=1, default=plain))
        archive.writestr("个人信息.html", page(told))
    return packed.getvalue()


def plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def gathered(subject_ids: Sequence[int], user_id: int, moment: datetime) -> dict[str, Any]:
    city = releases.current().city.name
    entries = held_entries(subject_ids, in_full=True)
    kept = all_kept(subject_ids)
    looks = looks_of(subject_ids, [user_id], kept, before=None, most=MOST_LOOKS)
    places = region_paths({one.region for one in entries})
    return {
        "说明": f"{city}归雁平台登记的您的个人信息，{timezone.localtime(moment):%Y-%m-%d %H:%M}生成",
        "名录": [entry_told(one, places.get(one.region, "")) for one in entries],
        "另外保存": [{"内容": one.label, "数量": one.count, "依据": one.why} for one in kept],
        "经过": [
            {"日期": one.day, "类别": one.label, "内容": one.title, "说明": one.note}
            | ({"金额（元）": one.amount_fen / HUNDRED} if one.amount_fen is not None else {})
            for one in happenings_of(SYSTEM, subject_ids, most=MOST_HAPPENINGS)
        ],
        "谁看过": [look_told(one) for one in (*looks.alone, *looks.api, *looks.files)],
        "从哪里来、到了哪里": [look_told(one) for one in passed_of(subject_ids)],
        "在列表里出现过": looks.listed,
        "申请": [request_told(one) for one in DataRequest.objects.filter(subject_id__in=list(subject_ids))],
    }


def entry_told(entry: HeldEntry, place: str) -> dict[str, Any]:
    register = entry.register
    return {
        "名录": register.label,
        "地方": place,
        "用来做什么": register.purpose or register.note,
        "依据": register.basis,
        "状态": "已封存" if entry.blocked else "在用",
        "核对日期": entry.checked_on,
        "字段": [field_told(one) for one in entry.fields],
    }


def field_told(held: HeldField) -> dict[str, Any]:
    return {
        "字段": held.field.label,
        "值": value_told(held.field, held.value),
        "来源": held.source,
        "日期": held.day,
        "依据": held.basis,
    }


def value_told(field: Field, value: Value) -> object:
    if isinstance(value, tuple):
        return [field.codes.get(one, one) for one in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.type in SCALED and isinstance(value, int):
        return value / HUNDRED
    if field.type == "region" and isinstance(value, int):
        return region_paths([value]).get(value, str(value))
    return field.codes.get(value, value) if isinstance(value, str) else value


def look_told(one: Any) -> dict[str, Any]:
    return {
        "时间": timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M"),
        "谁": one.who,
        "做了什么": one.done,
        "用途": one.purpose,
    }


def request_told(one: DataRequest) -> dict[str, Any]:
    return {
        "编号": one.number,
        "申请": one.get_kind_display(),
        "您写的": claim_text(one),
        "理由": one.reason,
        "日期": timezone.localtime(one.asked_at).date(),
        "答复": one.answer,
        "依据": one.basis,
    }


def page(told: dict[str, Any]) -> str:
    parts = [
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>个人信息副本</title><style>{STYLE}</style>',
        f"<h1>个人信息副本</h1><p>{escape(told['说明'])}</p>",
    ]
    for entry in told["名录"]:
        parts.append(f"<h2>{escape(entry['名录'])}</h2><p>{escape(entry['用来做什么'])} {escape(entry['依据'])}</p>")
        parts.append(table(("字段", "值", "来源", "日期", "依据"), entry["字段"]))
    for name, heads in (
        ("另外保存", ("内容", "数量", "依据")),
        ("经过", ("日期", "类别", "内容", "说明", "金额（元）")),
        ("谁看过", ("时间", "谁", "做了什么", "用途")),
        ("从哪里来、到了哪里", ("时间", "谁", "做了什么", "用途")),
        ("申请", ("编号", "申请", "您写的", "理由", "日期", "答复", "依据")),
    ):
        parts.append(f"<h2>{name}</h2>" + (table(heads, told[name]) if told[name] else "<p>没有</p>"))
    parts.append(f"<p>另外，您在工作人员的列表和搜索结果里出现过{told['在列表里出现过']}次。</p></html>")
    return "".join(parts)


def table(heads: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell(row.get(one))}</td>" for one in heads) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell(value: object) -> str:
    if isinstance(value, list):
        return escape("、".join(map(str, value)))
    return escape(plain(value)) if value is not None else ""
