"""The answer to a parallel check."""

from __future__ import annotations

from typing import Any

from django import forms

from guiyan.cases.spelling import TOO_LONG

RESULTS = (("true", "属实"), ("differs", "不一致"), ("not_found", "查不到"))


class CheckForm(forms.Form):
    """One of three answers; anything but 属实 says what was found."""

    result = forms.ChoiceField(
        label="核验结果",
        choices=RESULTS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选属实、不一致或查不到"},
    )
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=500,
        help_text="不一致或查不到的，写明查到的情况。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def clean(self) -> dict[str, Any]:
        """A bare “no” helps nobody."""
        values = dict(self.cleaned_data)
        if values.get("result") in ("differs", "not_found") and not values.get("note", "").strip():
            self.add_error("note", "请写明查到的情况")
        return values
