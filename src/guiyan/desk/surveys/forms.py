"""Opening a round: its name, where, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from guiyan.kernel.texts import FORM_WORDS
from guiyan.packs.survey import Survey

WRONG_DAY = {"required": "请填日期。", "invalid": "日期要写成2026-06-09这样。"}


def day_field(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, error_messages=WRONG_DAY)


class RoundForm(forms.Form):
    title = forms.CharField(
        label="名称",
        max_length=40,
        help_text="例如“2026年下半年”，会写进每个人的档案",
        error_messages={**FORM_WORDS, "required": "请给这一轮起个名称。"},
    )
    region = forms.TypedChoiceField(label="地方", coerce=int, error_messages={**FORM_WORDS, "required": "请选地方。"})
    from_on = day_field("从哪一天起")
    to_on = day_field("到哪一天止", "到期还没有访的，会提醒村里")

    def __init__(self, survey: Survey, places: Sequence[tuple[int, str]], today: date, data: Any = None) -> None:
        half = "上" if today.month <= 6 else "下"
        initial = {
            "title": f"{today.year}年{half}半年",
            "from_on": today,
            "to_on": today + timedelta(days=survey.days - 1),
            "region": places[0][0] if places else None,
        }
        super().__init__(data, initial=initial)
        region: Any = self.fields["region"]
        region.choices = list(places)
