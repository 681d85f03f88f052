"""Forms of powers given from–to, each with its signed paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

Choices = Sequence[tuple[str, str]]


class PowerForm(forms.Form):
    """From when to when, and under which paper."""

    document = forms.CharField(
        label="授权文件", max_length=120, help_text="文号或名称", error_messages={"required": "请写明文件的文号或名称"}
    )
    valid_from = forms.DateField(
        label="从哪一天起",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写开始日", "invalid": "开始日应是一个日期"},
    )
    valid_to = forms.DateField(
        label="到哪一天止",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="最长一年",
        error_messages={"required": "请填写到期日", "invalid": "到期日应是一个日期"},
    )
    paper = forms.FileField(
        label="签字盖章的文件", help_text="PDF或照片", error_messages={"required": "请上传签字盖章的文件"}
    )


class DeputyForm(PowerForm):
    """Whose post, and who stands in."""

    post = forms.ChoiceField(label="代谁的岗", error_messages={"required": "请选代谁的岗"})
    user = forms.ChoiceField(label="由谁代", error_messages={"required": "请选由谁代"})
    reason = forms.CharField(
        label="原因", max_length=200, error_messages={"required": "请写明原因"}, help_text="例如：外出学习、休假"
    )
    field_order = ("post", "user", "reason", "document", "valid_from", "valid_to", "paper")

    def __init__(self, data: Any = None, uploads: Any = None, *, posts: Choices, users: Choices) -> None:
        super().__init__(data, uploads)
        choose(self.fields["post"], posts)
        choose(self.fields["user"], users)


class DelegationForm(PowerForm):
    """Which kind, to which township, for which items."""

    kind = forms.ChoiceField(
        label="办法",
        choices=(("entrusted", "委托受理：以本单位名义"), ("authorised", "授权办理：以乡镇自己的名义")),
        widget=forms.RadioSelect,
        error_messages={"required": "请选委托受理或授权办理"},
    )
    agent = forms.ChoiceField(label="受托单位", error_messages={"required": "请选受托单位"})
    items = forms.MultipleChoiceField(
        label="委托的事项", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请选委托的事项"}
    )
    field_order = ("kind", "agent", "items", "document", "valid_from", "valid_to", "paper")

    def __init__(self, data: Any = None, uploads: Any = None, *, agents: Choices, items: Choices) -> None:
        super().__init__(data, uploads)
        choose(self.fields["agent"], agents)
        choose(self.fields["items"], items)


def choose(field: forms.Field, choices: Choices) -> None:
    """One of several is chosen by hand: a power never goes to whoever stands first in the list."""
    assert isinstance(field, forms.ChoiceField)
    empty = [] if isinstance(field, forms.MultipleChoiceField) else [("", "请选择")]
    field.choices = [*empty, *choices]
