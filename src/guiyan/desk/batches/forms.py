"""Forms of batches: which cases, and an opinion."""

from __future__ import annotations

from typing import Any

from django import forms

REASON_NEEDED = ("return_to_open", "cancel")


class PrepareForm(forms.Form):
    """The approved cases that are to be summed up."""

    cases = forms.MultipleChoiceField(
        error_messages={"required": "请先选出要汇总的办件", "invalid_choice": "有办件刚刚变了，请刷新再选"}
    )

    def __init__(self, data: Any = None, *, ids: list[int]) -> None:
        super().__init__(data)
        field = self.fields["cases"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one), str(one)) for one in ids]


class OpinionForm(forms.Form):
    """An opinion; sending back and giving up need a reason."""

    opinion = forms.CharField(label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, verb: str) -> None:
        super().__init__(data)
        if verb in REASON_NEEDED:
            self.fields["opinion"].required = True
            self.fields["opinion"].label = "理由"
            self.fields["opinion"].error_messages["required"] = "请写明理由"

    @property
    def words(self) -> str:
        """The opinion as written."""
        return str(self.cleaned_data.get("opinion", "")).strip()
