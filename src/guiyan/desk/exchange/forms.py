"""Forms of the exchange."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms

from guiyan.desk.uploading import OneFile
from guiyan.exchange.models import Partner
from guiyan.kernel import releases
from guiyan.kernel.calendar import today
from guiyan.kernel.numbers import whole
from guiyan.kernel.texts import FORM_WORDS

LARGEST_MB = 300


class SendForm(forms.Form):
    partner = forms.ChoiceField(label="发给谁", error_messages=FORM_WORDS | {"required": "请选择往来单位。"})
    register = forms.ChoiceField(label="哪个名录", error_messages=FORM_WORDS | {"required": "请选择名录。"})
    since = forms.DateField(
        label="只发哪天以后核对过的",
        required=False,
        help_text="不填就全部发",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "日期应写成2026-06-08这样。"},
    )
    reason = forms.CharField(
        label="做什么用",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="审核的人和审计看得到",
        error_messages=FORM_WORDS | {"required": "请写明发给对方做什么用。"},
    )

    def __init__(self, partners: Iterable[Partner], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        partners = list(partners)
        known = releases.current().registers
        agreed = sorted({one for partner in partners for one in partner.registers if one in known})
        set_choices(self.fields["partner"], [(str(one.pk), one.name) for one in partners])
        set_choices(self.fields["register"], [(one, known[one].label) for one in agreed])

    def clean_since(self) -> date | None:
        day: date | None = self.cleaned_data["since"]
        if day is not None and day > today():
            raise forms.ValidationError("起始日期不能晚于今天。")
        return day


class ReceiveForm(forms.Form):
    file = OneFile(
        largest_mb=LARGEST_MB,
        label="往来包",
        what="文件名以.gyx结尾",
        accept=".gyx",
        none="请选择对方发来的往来包（.gyx）。",
        instead="请让对方重新发",
        smaller="请让对方按日期分几次发",
    )


class PartnerForm(forms.Form):
    card = forms.CharField(
        label="对方的交换名片",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="对方在自己的“往来单位”页复制的整段文字",
        error_messages=FORM_WORDS | {"required": "请粘贴对方发来的名片。"},
    )
    region = forms.ChoiceField(label="交换哪里的条目", error_messages=FORM_WORDS | {"required": "请选择地方。"})
    registers = forms.MultipleChoiceField(
        label="约定交换的名录",
        widget=forms.CheckboxSelectMultiple,
        error_messages=FORM_WORDS | {"required": "请至少选一个名录。"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        pack = releases.current()
        places = [
            (str(code), one.name) for code, one in pack.regions.items() if one.level in ("city", "county", "zone")
        ]
        set_choices(self.fields["region"], places)
        set_choices(self.fields["registers"], [(one.id, one.label) for one in pack.registers.values()])

    def clean_region(self) -> int:
        return whole(self.cleaned_data["region"]) or 0


def set_choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
