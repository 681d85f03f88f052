"""The reply to whoever asked, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from guiyan.kernel.texts import FORM_WORDS
from guiyan.packs.register import Register
from guiyan.registers.entry_form import EntryForm
from guiyan.registers.keeping.answering import LONGEST
from guiyan.registers.values import Value


class ReplyForm(forms.Form):
    """text goes to whoever asked; to: where it stands from then on; was: where the officer saw it."""

    use_required_attribute = False
    text = forms.CharField(
        label="回复",
        help_text="对方在“我的”里看得到",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={**FORM_WORDS, "required": "请写回复，对方会看到"},
    )
    to = forms.ChoiceField(label="办到哪一步", widget=forms.RadioSelect, error_messages={"required": "请选办到哪一步"})
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, register: Register, level: str, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"to": level, "was": level})
        assert register.answers is not None
        kept = {name: label for name, label in register.levels.items() if name != register.answers.cancelled}
        self.fields["to"].choices = list({**kept, level: register.levels.get(level, level)}.items())  # type: ignore[attr-defined]


class ManyForm(ReplyForm):
    """One reply to several; what came of a deal is asked of each by itself."""

    field_order = ("text", "to")

    def __init__(self, register: Register, data: QueryDict | None = None) -> None:
        rule = register.answers
        assert rule is not None and register.ladder is not None
        super().__init__(register, register.ladder.start, data)
        del self.fields["was"]
        self.initial.pop("to")
        dealt = rule.deal.level if rule.deal is not None else ""
        choices = [(name, label) for name, label in self.fields["to"].choices if name != dealt]  # type: ignore[attr-defined]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class DealForm(EntryForm):
    """Of the register's form only what the office fills in when a deal is made."""

    def __init__(self, register: Register, data: QueryDict | None, held: Mapping[str, Value]) -> None:
        wanted = deal_fields(register)
        values = {name: value for name, value in held.items() if name in wanted}
        super().__init__(register, data, held=values, hidden=frozenset(register.fields.keys() - wanted))

    def deal(self) -> dict[str, Value]:
        return {name: value for name, value in self.values.items() if name in deal_fields(self.register)}

    def bound_fields(self) -> list[dict[str, Any]]:
        """In the order of the declaration, each with the unit behind it."""
        rule = self.register.answers
        names = rule.deal.fields if rule is not None and rule.deal is not None else ()
        fields = self.register.fields
        return [{"bound": self[n], "unit": "元" if fields[n].type == "money" else fields[n].unit} for n in names]


def deal_fields(register: Register) -> set[str]:
    rule = register.answers
    return set(rule.deal.fields) if rule is not None and rule.deal is not None else set()
