"""Forms of the registers' pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from guiyan.desk.uploading import OneFile
from guiyan.kernel.calendar import today
from guiyan.kernel.texts import FORM_WORDS
from guiyan.packs.register import Register
from guiyan.registers.importing import kept

LARGEST_MB = 30


class PurposeForm(forms.Form):
    """Why somebody's number is looked at; the answer goes into the audit log."""

    PURPOSES = [
        ("核对申请材料", "核对申请材料"),
        ("电话联系本人", "电话联系本人"),
        ("入户核实", "入户核实"),
        ("other", "其他"),
    ]

    purpose_kind = forms.ChoiceField(
        label="为什么要看",
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择为什么要看。", "invalid_choice": "请在列出的事由里选一个。"},
    )
    other = forms.CharField(
        label="其他事由", required=False, max_length=60, help_text="选“其他”时写明", error_messages=FORM_WORDS
    )

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if values.get("purpose_kind") == "other" and not str(values.get("other") or "").strip():
            self.add_error("other", "请写明事由。")
        return values

    def purpose(self) -> str:
        kind = str(self.cleaned_data["purpose_kind"])
        return str(self.cleaned_data["other"]).strip() if kind == "other" else kind


class LevelForm(forms.Form):
    """A decision about a level. The step that stands is no choice; to none is 退出."""

    OUT = "out"

    to = forms.ChoiceField(label="调到", widget=forms.RadioSelect, error_messages={"required": "请选择调到哪一级。"})
    reason = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=FORM_WORDS | {"required": "请写明理由。"},
    )
    evidence = forms.CharField(
        label="依据", max_length=200, help_text="文件、会议纪要或评审结果的名称和文号", error_messages=FORM_WORDS
    )
    decided_on = forms.DateField(
        label="决定日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填日期。", "invalid": "日期应写成2026-06-08这样。"},
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, register: Register, level: str, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"decided_on": today(), "was": level})
        steps = [(name, label) for name, label in register.levels.items() if name != level]
        choices = [*steps, (self.OUT, "退出")] if level else steps
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        needs = register.ladder is not None and register.ladder.evidence
        self.fields["evidence"].required = needs
        self.fields["evidence"].error_messages["required"] = "请写明依据：文件、会议纪要或评审结果。"

    def decision(self) -> dict[str, Any]:
        """Of a valid form, for the action."""
        values = dict(self.cleaned_data)
        return {**values, "to": "" if values["to"] == self.OUT else values["to"]}


class VoidForm(forms.Form):
    """Why a record is taken back."""

    reason = forms.CharField(
        label="为什么作废",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="留在原来那一条下面，谁都看得到",
        error_messages=FORM_WORDS | {"required": "请写明为什么作废。"},
    )


class ExportForm(forms.Form):
    """What a file of entries is for; who agrees to it reads the same words."""

    reason = forms.CharField(
        label="导出做什么用",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="会写在文件上，审核的人也看这一句",
        error_messages=FORM_WORDS | {"required": "请写明导出做什么用。"},
    )


class FileForm(forms.Form):
    file = OneFile(largest_mb=LARGEST_MB)
    as_of = forms.DateField(
        label="数据反映哪一天的情况",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填日期。", "invalid": "日期应写成2026-06-08这样。"},
    )
    only_check = forms.BooleanField(label="只检查，不写入", required=False)

    def clean_as_of(self) -> object:
        day = self.cleaned_data["as_of"]
        if day > today():
            raise forms.ValidationError("日期不能晚于今天。")
        return day


class ListForm(FileForm):
    """An issue of a list for comparison: also whether it is meant that there is nobody on it."""

    said_empty = forms.BooleanField(label="本期无记录", help_text="文件里只有表头，确实一个人也没有", required=False)
    field_order = ("file", "as_of", "said_empty", "only_check")


class ImportForm(FileForm):
    """A register's file: also who reported it. It is always checked and shown before anything is written."""

    only_check = None  # type: ignore[assignment]
    file = OneFile(
        largest_mb=kept.LARGEST_MB,
        what=".xlsx或.csv",
        hint="。用模板，或者用自己的表：下一步对应列",
        smaller="请分成几个文件，或请系统管理员用命令导入",
    )
    source = forms.ChoiceField(label="数据来源", error_messages=FORM_WORDS | {"required": "请选择数据来源。"})
    sender = forms.TypedChoiceField(
        label="替哪个单位报送",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="选了，这些就记在那个单位名下，它自己的账号也看得到、改得了",
        error_messages=FORM_WORDS,
    )
    field_order = ("file", "source", "sender", "as_of")

    def __init__(
        self, register: Register, *args: object, senders: Sequence[tuple[int, str]] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if senders:
            self.fields["sender"].choices = [("", "不替别的单位"), *senders]  # type: ignore[attr-defined]
        else:
            del self.fields["sender"]
        choices = [(source.id, source.label) for source in register.sources.values()]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
