"""Forms of the review: one for each kind of reading; `corrections` gives what differs, in the reader's own shape."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms

from guiyan.packs import Pack
from guiyan.plans.models import ReviewItem

COMPARATORS = [(">=", "不少于"), (">", "超过"), ("=", "等于"), ("<=", "不超过")]
PERIODS = [("", "没有写"), ("per_year", "每年"), ("cumulative", "累计")]


class UploadForm(forms.Form):
    file = forms.FileField(
        label="政策文件",
        help_text="Word（.docx）或文本（.txt），不超过20MB。标有秘密、机密、绝密、内部的文件不能上传。",
        error_messages={"required": "请选择一份文件。", "empty": "这个文件是空的（0字节），请换一份。"},
    )


class UnitListField(forms.CharField):
    """Names of units, one a line or parted by 、; gives a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> str:
        return "、".join(value) if isinstance(value, list) else (value or "")

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [name.strip() for name in re.split(r"[、\n]+", text) if name.strip()]

    def clean(self, value: Any) -> Any:
        return self.to_python(value)


class ItemForm(forms.Form):
    """Base of the three: knows its item and turns cleaned values into corrections."""

    def __init__(self, item: ReviewItem, pack: Pack, data: Any = None) -> None:
        super().__init__(data, initial=item.values | {"links_to": item.links_to})
        self.item = item
        self.prepare(pack)

    def prepare(self, pack: Pack) -> None:
        """Fill in choices that come from the pack."""

    def corrections(self) -> dict[str, Any]:
        """Changed values by the reader's keys; numbers as text."""
        found = {}
        for name in self.changed_data:
            if name != "links_to":
                value = self.cleaned_data[name]
                found[name] = str(value) if isinstance(value, Decimal) else value if value != "" else None
        return found


class TaskForm(ItemForm):
    title = forms.CharField(label="任务", max_length=300)
    lead_units = UnitListField(label="牵头单位", required=False)
    responsible_units = UnitListField(label="责任单位", required=False, help_text="用顿号隔开")


class IndicatorForm(ItemForm):
    name = forms.CharField(label="指标", max_length=200)
    comparator = forms.ChoiceField(label="要求", choices=COMPARATORS)
    value = forms.DecimalField(label="目标值", required=False, max_digits=20, decimal_places=4)
    unit = forms.CharField(label="单位", required=False, max_length=20)
    period = forms.ChoiceField(label="期限", required=False)
    parent = forms.CharField(label="上级指标", required=False, max_length=200)
    links_to = forms.ChoiceField(label="口径", required=False, help_text="选了口径的指标可以从记录自动计算或按期填报")

    def prepare(self, pack: Pack) -> None:
        written = self.item.values.get("period") or ""
        known = dict(PERIODS)
        extra = [] if written in known else [(written, period_words(written))]
        self.fields["period"].choices = PERIODS + extra  # type: ignore[attr-defined]
        self.fields["links_to"].choices = [  # type: ignore[attr-defined]
            ("", "暂不设口径"),
            *((x.id, x.title) for x in pack.indicators.values()),
        ]


class MeasureForm(ItemForm):
    title = forms.CharField(label="措施", max_length=200)
    beneficiary = forms.CharField(label="给谁", required=False, max_length=200)
    amount_min = forms.DecimalField(label="最低", required=False, max_digits=16, decimal_places=2)
    amount_max = forms.DecimalField(label="最高", required=False, max_digits=16, decimal_places=2)
    links_to = forms.ChoiceField(label="对应规则", required=False, help_text="规则写在城市包里，发布后立即可以申请")

    def prepare(self, pack: Pack) -> None:
        self.fields["links_to"].choices = [  # type: ignore[attr-defined]
            ("", "还没有规则，只公开条文"),
            *((x.id, x.title) for x in pack.measures.values()),
        ]


FORMS: dict[str, type[ItemForm]] = {"task": TaskForm, "indicator": IndicatorForm, "measure": MeasureForm}


def period_words(period: str) -> str:
    """by:2027 -> 到2027年."""
    return f"到{period[3:]}年" if period.startswith("by:") else dict(PERIODS).get(period, period)


class AddForm(forms.Form):
    """Something the reader did not see: named, and found by quoting the original."""

    kind = forms.ChoiceField(label="类别", choices=[("task", "任务"), ("indicator", "指标"), ("measure", "措施")])
    name = forms.CharField(label="名称", max_length=200)
    quote = forms.CharField(
        label="原文",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="把左边原文里的一段复制到这里，系统据此标出位置",
    )
    value = forms.DecimalField(label="数值", required=False, max_digits=20, decimal_places=4)
    unit = forms.CharField(label="单位", required=False, max_length=20)

    def payload(self) -> dict[str, Any]:
        """The reading in the shape its kind has."""
        values = self.cleaned_data
        number = None if values["value"] is None else str(values["value"])
        if values["kind"] == "task":
            return {"title": values["name"], "lead_units": [], "responsible_units": []}
        if values["kind"] == "indicator":
            return {
                "name": values["name"],
                "comparator": ">=",
                "value": number,
                "unit": values["unit"],
                "kind": "count",
            }
        return {"title": values["name"], "kind": "grant", "amount_max": number, "amount_min": number, "unit": "元"}
