"""Forms of the registers' pages."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from guiyan.kernel.calendar import today
from guiyan.kernel.texts import FORM_WORDS
from guiyan.packs.register import Register

LARGEST_MB = 30
NO_FILE = "请选择一个文件。"


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


class FileForm(forms.Form):
    file = forms.FileField(
        label="文件",
        help_text=f"用模板填写的.xlsx或.csv，不超过{LARGEST_MB}MB",
        error_messages={
            "required": NO_FILE,
            "invalid": NO_FILE,
            "missing": NO_FILE,
            "empty": "这个文件是空的（0字节），请换一份。",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    as_of = forms.DateField(
        label="数据反映哪一天的情况",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填日期。", "invalid": "日期应写成2026-06-08这样。"},
    )
    only_check = forms.BooleanField(label="只检查，不写入", required=False)

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(f"文件超过{LARGEST_MB}MB。请分成几个文件，或请系统管理员用命令导入。")
        return file

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
    """A register's file: also who reported it."""

    source = forms.ChoiceField(label="数据来源", error_messages=FORM_WORDS | {"required": "请选择数据来源。"})
    field_order = ("file", "source", "as_of", "only_check")

    def __init__(self, register: Register, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(source.id, source.label) for source in register.sources.values()]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
