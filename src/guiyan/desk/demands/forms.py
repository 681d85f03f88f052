"""Forms of the steps on a demand."""

from __future__ import annotations

from django import forms

from guiyan.accounts.models import Unit
from guiyan.kernel.texts import FORM_WORDS


class DispatchForm(forms.Form):
    unit_id = forms.TypedChoiceField(
        label="转给哪个单位",
        coerce=int,
        error_messages={**FORM_WORDS, "required": "请选一个承办单位"},
    )
    note = forms.CharField(
        label="分办意见",
        help_text="可以不写",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=FORM_WORDS,
    )

    def __init__(self, data: object, offices: list[Unit]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [("", "请选择")] + [(str(unit.pk), unit.name) for unit in offices]
        field = self.fields["unit_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**FORM_WORDS, "required": "请写明理由"},
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="答复",
        help_text="怎么解决的；解决不了的，写明原因和下一步。申请人会看到全文",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={**FORM_WORDS, "required": "请写明怎么解决的；解决不了的，写明原因和下一步"},
    )
