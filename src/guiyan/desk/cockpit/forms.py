"""The leader's instruction."""

from __future__ import annotations

from django import forms

from guiyan.accounts.models import Unit


class InstructionForm(forms.Form):
    units = forms.MultipleChoiceField(
        label="交给谁办",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个承办单位。"},
    )
    text = forms.CharField(
        label="批示",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="写清要做什么。承办单位5个工作日内回复，时限从明天算起",
        error_messages={"required": "请写批示内容。"},
    )

    def __init__(self, units: list[Unit], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["units"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]
