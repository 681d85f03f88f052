"""Forms of saved views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from guiyan.accounts.models import Unit
from guiyan.accounts.saved_views import LONGEST_NAME

ONLY_ME = ""


class ViewForm(forms.Form):
    """A name, and who else has it."""

    name = forms.CharField(
        label="视图名称",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "请给视图起个名字，例如“本周到期”。",
            "max_length": f"视图的名字最多{LONGEST_NAME}个字。",
        },
    )
    unit = forms.ChoiceField(
        label="谁能用", required=False, error_messages={"invalid_choice": "只能和自己任职的单位共享。"}
    )
    is_default = forms.BooleanField(label="打开列表时先用它", required=False)

    def __init__(self, data: Any = None, *, units: Sequence[Unit], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        chosen = self.fields["unit"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(ONLY_ME, "只有我"), *((str(one.pk), f"{one.short_name or one.name}的同事") for one in units)]

    @property
    def unit_id(self) -> int | None:
        return int(self.cleaned_data["unit"]) if self.cleaned_data["unit"] else None
