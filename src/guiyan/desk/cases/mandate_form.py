"""The form for a signed mandate."""

from __future__ import annotations

from typing import Any

from django import forms


class MandateForm(forms.Form):
    """For whom, for what, until when, and the photo of the signed paper."""

    subject = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "请先找到委托人"})
    item = forms.ChoiceField(label="委托办理的事项", error_messages={"required": "请选委托办理的事项"})
    valid_to = forms.DateField(
        label="委托到哪一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="最长一年",
        error_messages={"required": "请填写委托到期日", "invalid": "委托到期日应是一个日期"},
    )
    paper = forms.FileField(
        label="签了字的委托书", help_text="拍照或扫描，看得清签名", error_messages={"required": "请上传签了字的委托书"}
    )

    def __init__(self, data: Any = None, uploads: Any = None, *, items: list[tuple[str, str]]) -> None:
        super().__init__(data, uploads)
        choice = self.fields["item"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = items
