"""Small forms of 规则台: a reason, and the start of a new measure."""

from __future__ import annotations

from typing import Any

from django import forms

from guiyan.kernel.texts import FORM_WORDS
from guiyan.policies import states


class ReasonForm(forms.Form):
    """A reason that whoever drafted it needs."""

    reason = forms.CharField(
        label="退回的理由",
        max_length=300,
        help_text="写明哪里不对，起草人会在“我的工作”里看到",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**FORM_WORDS, "required": "请写明退回的理由。"},
    )


class NewRuleForm(forms.Form):
    """A new measure by its name; or written after one that is there."""

    title = forms.CharField(
        label="新措施叫什么",
        max_length=80,
        help_text="照文件的说法，例如“返乡农民工创业补贴”",
        error_messages={**FORM_WORDS, "required": "请给新措施起个名称。"},
    )
    pattern = forms.ChoiceField(
        label="照哪一项写",
        required=False,
        help_text="抄它的条件、待遇和办理事项，再改；原来那项不会变",
        error_messages=FORM_WORDS,
    )
    kind = forms.ChoiceField(
        label="不照别的写时，给谁", required=False, choices=list(states.KINDS.items()), error_messages=FORM_WORDS
    )

    def __init__(self, data: Any, patterns: list[tuple[str, str]], initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        field: Any = self.fields["pattern"]
        field.choices = [("", "不照别的，从头写"), *patterns]
