"""One question as a form: radio cards where answers are few, a field where they are not; 不清楚 always."""

from __future__ import annotations

from typing import Any

from django import forms

from guiyan.engine.rules import Fact
from guiyan.engine.rules.model import Question
from guiyan.kernel import releases
from guiyan.portal.screening.told import Value
from guiyan.portal.screening.words import OUTSIDE

UNSURE = "unsure"
UNSURE_LABEL, UNSURE_NOTE = "不清楚", "先跳过，我们可以帮您查"
PLEASE = "请选一个；不清楚也可以选“不清楚”"


class QuestionForm(forms.Form):
    """`answer` is the only field; `value` is what the fact then is, None for 不清楚."""

    def __init__(self, fact: Fact, data: Any = None, *, initial: str | list[str] = "") -> None:
        super().__init__(data, initial={"answer": initial})
        self.fact = fact
        assert fact.question is not None
        self.fields["answer"] = field_for(fact, fact.question)

    @property
    def has_cards(self) -> bool:
        return isinstance(self.fields["answer"].widget, forms.RadioSelect)

    @property
    def needs_skip(self) -> bool:
        """Whether 不清楚 is a button of its own: it is no answer of a field, nor of a list of boxes."""
        return UNSURE not in dict(getattr(self.fields["answer"], "choices", ()))

    @property
    def value(self) -> Value | None:
        answer = self.cleaned_data["answer"]
        if answer == UNSURE:
            return None
        if self.fact.type == "bool":
            return bool(answer == "true")
        if self.fact.type in ("int", "region"):
            return int(answer)
        if self.fact.type == "list":
            return list(answer)
        return str(answer.isoformat()) if self.fact.type == "date" else str(answer)


def field_for(fact: Fact, question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.text, "help_text": question.hint}
    if fact.type == "list":
        choices = [(one.value, one.label) for one in question.answers] or list(fact.codes.items())
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **common)
    if choices := choices_of(fact, question):
        return cards(choices, question, common)
    if fact.type == "int":
        errors = {"required": "请填一个数", "invalid": "请填整数，不带单位"}
        return forms.IntegerField(
            min_value=0 if fact.least is None else fact.least,
            max_value=10**12 if fact.most is None else fact.most,
            error_messages={**errors, "min_value": "最少%(limit_value)s", "max_value": "最多%(limit_value)s"},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **common,
        )
    if fact.type == "date":
        errors = {"required": "请填日期", "invalid": "请填一个日期，例如2026年3月18日填2026-03-18"}
        return forms.DateField(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=errors, **common
        )
    return forms.CharField(max_length=100, error_messages={"required": "请填写"}, **common)


def cards(choices: list[tuple[str, str]], question: Question, common: dict[str, Any]) -> forms.ChoiceField:
    found = forms.ChoiceField(
        choices=[*choices, (UNSURE, UNSURE_LABEL)],
        widget=forms.RadioSelect,
        error_messages={"required": PLEASE, "invalid_choice": PLEASE},
        **common,
    )
    notes = {one.value: one.hint for one in question.answers if one.hint}
    found.choice_notes = {**notes, UNSURE: UNSURE_NOTE}  # type: ignore[attr-defined]
    return found


def choices_of(fact: Fact, question: Question) -> list[tuple[str, str]]:
    if question.answers:
        return [(one.value, one.label) for one in question.answers]
    if fact.type == "code":
        return list(fact.codes.items())
    if fact.type == "bool":
        return [("true", fact.yes or "是"), ("false", fact.no or "不是")]
    if fact.type == "region":
        counties = [one for one in releases.current().regions.values() if one.level in ("county", "zone")]
        return [*((str(one.code), one.name) for one in counties), (str(OUTSIDE), "本市以外")]
    return []
