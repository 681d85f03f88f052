"""Forms of a person's file: a service, its end, a helper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from guiyan.kernel.texts import FORM_WORDS

DATE = {"type": "date"}
BAD_DAY = "日期应写成2026-06-08这样。"


class ServiceForm(forms.Form):
    """What was done on which day, what is needed, what comes next."""

    kind = forms.ChoiceField(
        label="服务种类",
        widget=forms.RadioSelect,
        error_messages=FORM_WORDS | {"required": "请选这次服务是哪一种。"},
    )
    on = forms.DateField(
        label="哪一天",
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE),
        error_messages={"required": "请填服务日期。", "invalid": BAD_DAY},
    )
    note = forms.CharField(
        label="做了什么",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="不写身份证号和银行卡号",
        error_messages=FORM_WORDS | {"required": "请写做了什么。"},
    )
    need = forms.CharField(
        label="发现的需求",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="没有可以不写",
        error_messages=FORM_WORDS,
    )
    next_step = forms.CharField(
        label="下一步",
        max_length=200,
        required=False,
        help_text="会出现在服务专员的“我的工作”，没有可以不写",
        error_messages=FORM_WORDS,
    )
    next_on = forms.DateField(
        label="下一步哪天以前办",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE),
        error_messages={"invalid": BAD_DAY},
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, kinds: Mapping[str, str], initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(kinds.items())


class FinishForm(forms.Form):
    outcome = forms.CharField(
        label="办得怎样",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=FORM_WORDS | {"required": "请写办得怎样。"},
    )


class StrikeForm(forms.Form):
    reason = forms.CharField(
        label="为什么划去", max_length=200, error_messages=FORM_WORDS | {"required": "请写为什么划去。"}
    )


class HelperForm(forms.Form):
    """Who it is to be, and why."""

    helper = forms.TypedChoiceField(
        label="选谁",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一位。", "invalid_choice": "请在列出的人里选一位。"},
    )
    reason = forms.CharField(label="原因", max_length=200, required=False, error_messages=FORM_WORDS)

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[int, str]], changing: bool) -> None:
        super().__init__(data)
        choice = self.fields["helper"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices
        self.fields["reason"].required = changing
        self.fields["reason"].help_text = "更换要写明，会留在对接经过里" if changing else "可以不写"
        self.fields["reason"].error_messages["required"] = "更换要写明原因。"
