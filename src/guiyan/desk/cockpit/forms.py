"""The leader's instruction."""

from __future__ import annotations

from django import forms

from guiyan.accounts.models import Unit
from guiyan.plans.queries import supervision


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
        error_messages={"required": "请写批示内容。"},
    )

    def __init__(self, units: list[Unit], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        answer = f"承办单位{supervision.answer_days()}个工作日内回复，时限从明天算起"
        self.fields["text"].help_text = f"写清要做什么。{answer}"
        self.fields["units"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]
