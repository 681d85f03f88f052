"""Forms of 政策找人."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from guiyan.accounts.models import Region
from guiyan.kernel import calendar
from guiyan.kernel.texts import FORM_WORDS
from guiyan.outreach import states
from guiyan.outreach.queries import Offered

WRONG_DAY = {"required": "请填按哪一天算。", "invalid": "日期要写成2026-06-09这样。"}


class NewRunForm(forms.Form):
    """Which measures, where, on which day, under which name."""

    kind = forms.ChoiceField(choices=list(states.KINDS.items()), widget=forms.HiddenInput, error_messages=FORM_WORDS)
    measures = forms.MultipleChoiceField(
        label="找哪些政策的对象",
        widget=forms.CheckboxSelectMultiple,
        error_messages={**FORM_WORDS, "required": "请至少选一项政策措施。"},
    )
    area = forms.TypedChoiceField(
        label="在哪个范围找", coerce=int, error_messages={**FORM_WORDS, "required": "请选范围。"}
    )
    day = forms.DateField(
        label="按哪一天算",
        help_text="年龄、经营月数这类会变的事实，都算到这一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=WRONG_DAY,
    )
    title = forms.CharField(
        label="名称",
        max_length=80,
        help_text="方便以后查找，例如“六月返乡创业政策”",
        error_messages={**FORM_WORDS, "required": "请给这次匹配起个名称。"},
    )

    def __init__(self, data: Any, kind: str, offered: Sequence[Offered], areas: Mapping[int, str]) -> None:
        super().__init__(data, initial={"kind": kind, "day": calendar.today()})
        measures: Any = self.fields["measures"]
        measures.choices = [(one.id, one.title) for one in offered]
        measures.choice_notes = {one.id: one.note for one in offered}
        area: Any = self.fields["area"]
        area.choices = list(areas.items())


def area_names(regions: Sequence[Region]) -> dict[int, str]:
    """Code → name, what lies in a county written behind the county's name."""
    names = {one.code: one.name for one in regions}
    return {
        one.code: f"{names[one.parent_code]} {one.name}"
        if one.level == "township" and one.parent_code in names
        else one.name
        for one in regions
    }


class ReasonForm(forms.Form):
    """A reason that the next reader needs."""

    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**FORM_WORDS, "required": "请写明理由。"},
    )
