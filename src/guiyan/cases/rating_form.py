"""The rating as a form: one for the portal, the counter and the helper."""

from __future__ import annotations

from django import forms

from guiyan.cases.models import Rating
from guiyan.kernel.texts import FORM_WORDS


class RatingForm(forms.Form):
    grade = forms.TypedChoiceField(
        label="这次办得怎么样",
        coerce=int,
        choices=Rating.GRADES,
        widget=forms.RadioSelect,
        error_messages={**FORM_WORDS, "required": "请从五个等级里选一个"},
    )
    points = forms.MultipleChoiceField(
        label="说的是哪方面",
        help_text="可以不选，可以选几样",
        choices=Rating.POINTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=FORM_WORDS,
    )
    words = forms.CharField(
        label="想说的话",
        help_text="可以不写；不要写身份证号、银行卡号",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=FORM_WORDS,
    )
