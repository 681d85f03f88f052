"""Forms of the review: one for each kind of reading; `corrections` gives what differs, in the reader's own shape."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.words import BENEFITS, COMPARATORS, PERIODS, period_words
from guiyan.packs import Pack
from guiyan.plans import queries
from guiyan.plans.models import ReviewItem


class UploadForm(forms.Form):
    file = forms.FileField(
        label="政策文件",
        help_text="Word（.docx）、PDF、Excel（.xlsx）、网页（.html）或文本（.txt），不超过20MB。标有秘密、机密、绝密、内部的文件不能上传。",
        error_messages={"required": "请选择一份文件。", "empty": "这个文件是空的（0字节），请换一份。"},
    )

    revises: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label="修订哪一份",
        help_text="新印发的文件空着。选了就和那一份逐条对照，进展接着用",
        empty_label="不是修订件",
        error_messages={"invalid_choice": "请从列表里选一份执行中的文件。"},
    )

    def __init__(self, request: ActingRequest, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["revises"].queryset = queries.in_force_for(request.actor)  # type: ignore[attr-defined]
        self.fields["revises"].label_from_instance = lambda row: row.dated  # type: ignore[attr-defined]


class UnitListField(forms.CharField):
    """Names of units, one a line or parted by 、; gives a list."""

    widget = forms.Textarea(attrs={"rows": 2})

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
    title = forms.CharField(label="任务", max_length=300, error_messages={"required": "请写任务名称。"})
    lead_units = UnitListField(label="牵头单位", required=False)
    responsible_units = UnitListField(label="责任单位", required=False)


class IndicatorForm(ItemForm):
    name = forms.CharField(label="指标", max_length=200, error_messages={"required": "请写指标名称。"})
    comparator = forms.ChoiceField(label="要求", choices=COMPARATORS)
    value = forms.DecimalField(
        label="目标值",
        required=False,
        max_digits=20,
        decimal_places=4,
        error_messages={"invalid": "目标值要写成数字，例如10000。"},
    )
    unit = forms.CharField(label="单位", required=False, max_length=20)
    period = forms.ChoiceField(label="期限", required=False)
    parent = forms.CharField(label="上级指标", required=False, max_length=200)
    links_to = forms.ChoiceField(label="口径", required=False)

    def prepare(self, pack: Pack) -> None:
        written = self.item.values.get("period") or ""
        known = dict(PERIODS)
        extra = [] if written in known else [(written, period_words(written))]
        self.fields["period"].choices = PERIODS + extra  # type: ignore[attr-defined]
        self.fields["links_to"].choices = [  # type: ignore[attr-defined]
            ("", "原文没有写，暂不设口径"),
            *((x.id, x.title) for x in pack.indicators.values()),
        ]


class MeasureForm(ItemForm):
    title = forms.CharField(label="措施", max_length=200, error_messages={"required": "请写措施名称。"})
    beneficiary = forms.CharField(label="给谁", required=False, max_length=200)
    kind = forms.ChoiceField(label="给什么", choices=BENEFITS)
    amount_min = forms.DecimalField(label="最低（元）", required=False, max_digits=16, decimal_places=2)
    amount_max = forms.DecimalField(label="最高（元）", required=False, max_digits=16, decimal_places=2)
    rate = forms.DecimalField(label="比例（%）", required=False, max_digits=8, decimal_places=4)
    links_to = forms.ChoiceField(label="规则", required=False)

    def prepare(self, pack: Pack) -> None:
        self.fields["links_to"].choices = [  # type: ignore[attr-defined]
            ("", "还没有规则，只公开条文"),
            *((x.id, x.title) for x in pack.measures.values()),
        ]
        del self.fields["amount_min" if self.item.values.get("rate") else "rate"]
        if "rate" in self.fields:
            del self.fields["amount_max"]

    @property
    def conditions(self) -> list[str]:
        """Conditions the text writes out."""
        return self._typed() if self.is_bound else self._settled()

    def _typed(self) -> list[str]:
        """What stands in the condition fields; the form is only ever bound to a request's data."""
        fields = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return [words.strip()[:200] for words in fields.getlist("conditions") if words.strip()]

    def _settled(self) -> list[str]:
        """The conditions but those the text leaves open."""
        left_open = [words.removesuffix("的") for words in self.item.values.get("open_conditions") or []]
        return [words for words in self.item.values.get("conditions") or [] if words not in left_open]

    def corrections(self) -> dict[str, Any]:
        found = super().corrections()
        written = self._typed()
        if "conditions" in self.data and written != self._settled():
            left_open = [x for x in self.item.values.get("conditions") or [] if x not in self._settled()]
            found["conditions"] = [*written, *left_open]
        return found


FORMS: dict[str, type[ItemForm]] = {"task": TaskForm, "indicator": IndicatorForm, "measure": MeasureForm}


class AddForm(forms.Form):
    """Something the reader did not see: named, and found by quoting the original."""

    kind = forms.ChoiceField(label="类别", choices=[("task", "任务"), ("indicator", "指标"), ("measure", "措施")])
    name = forms.CharField(label="名称", max_length=200, error_messages={"required": "请写名称。"})
    quote = forms.CharField(
        label="原文",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="把原文里的一段复制到这里，系统据此标出位置",
        error_messages={"required": "请复制一段原文。"},
    )
    value = forms.DecimalField(label="数值", required=False, max_digits=20, decimal_places=4)
    unit = forms.CharField(label="单位", required=False, max_length=20)

    def __init__(self, data: Any = None, *, text: str = "", initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.text = text

    def clean_quote(self) -> str:
        quote = str(self.cleaned_data["quote"]).strip()
        if quote not in self.text:
            raise forms.ValidationError("这段文字在原文里找不到，请从原文复制，不要改字。")
        if self.text.count(quote) > 1:
            raise forms.ValidationError("这段文字在原文里不止一处，请多复制几个字。")
        return quote

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
