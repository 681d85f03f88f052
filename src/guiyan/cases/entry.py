"""The application form as the pack declares it, as a Django form: one for counter, helper and portal.

What is held is not a field of it: it is shown with its source (`held_rows`) and never asked. A secret that was written
well is not sent back to any page: its field stays empty, says what it ends in, and left empty keeps it (`kept`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from guiyan.cases import answers, declared, supplements
from guiyan.cases.models import Case
from guiyan.cases.spelling import ACCOUNT, TOO_LONG, problem_with
from guiyan.packs.item import FormField, FormSection

YES_NO = [("true", "是"), ("false", "否")]


@dataclass(frozen=True)
class HeldRow:
    """A line that is known already."""

    label: str
    value: str
    source: str


@dataclass(frozen=True)
class SectionView:
    """One section of the form: what is held above, what is asked below."""

    title: str
    note: str
    held: list[HeldRow]
    fields: list[forms.BoundField]


class ApplicationForm(forms.Form):
    """`final`: whether everything must be there. A draft takes anything; a submission says all that is missing.

    While supplementing it shows what was asked for and nothing else (`asked`; None: everything).
    """

    use_required_attribute = False  # a half-written form is saved as it is; what is missing is said in our own words

    def __init__(self, case: Case, data: QueryDict | None = None, *, final: bool = False) -> None:
        self.case, self.final, self.typed_in = case, final, data
        self.declared = declared.form_of(case)
        super().__init__(data, initial=answers.answers_of(case), prefix=None)
        self.asked = supplements.open_fields(case)
        for name, field in self.declared.fields.items():
            if name not in case.held and (self.asked is None or name in self.asked):
                self.fields[name] = _field_for(field)
        self.saved(case)

    def saved(self, case: Case) -> None:
        """The draft stands as `case` has it now: what secrets it keeps need not be typed again."""
        self.case, self.kept = case, answers.kept_secrets(case)
        for name in self.kept.keys() & self.fields.keys():
            self.fields[name].help_text = f"已填：{self.kept[name]}。要改再填一次，不改就空着"
            self.fields[name].required = False

    @property
    def typed(self) -> dict[str, object]:
        """What was typed, right or wrong: for the draft. A secret that is kept and not typed anew is left out.

        What was sent for fields that are not asked is among it: the action says that it may not be changed.
        """
        sent = self.typed_in or QueryDict()
        return {
            name: sent.getlist(name) if self.declared.fields[name].type == "list" else sent[name]
            for name in self.declared.fields
            if name in sent and (name not in self.kept or str(sent[name]).strip())
        }

    def clean(self) -> dict[str, Any]:
        """The answers as typed; with `final`, each with what is wrong with it."""
        values = dict(self.cleaned_data)
        if self.final:
            for name in self.fields:
                self._complain(name, values)
        return values

    def _complain(self, name: str, values: dict[str, Any]) -> None:
        field, value = self.declared.fields[name], values.get(name) or ""
        if name in self.kept and not value:
            return
        if value in ("", []):
            if not field.required and answers.is_required(self.declared, field, answers.typed_values(self.case)):
                self.add_error(name, f"请填写{field.label}")
        elif wrong := problem_with(field, value):
            self.add_error(name, wrong)

    def sections(self) -> list[SectionView]:
        """The form in its sections, ready to be drawn; what is kept counts as given, not as left to choice.

        While supplementing, only the sections something is asked in, without what is held.
        """
        for name in self.kept.keys() & self.fields.keys():
            self.fields[name].required = self.declared.fields[name].required
        views = [self._section(section) for section in self.declared.sections]
        return views if self.asked is None else [one for one in views if one.fields]

    def _section(self, section: FormSection) -> SectionView:
        held = [
            HeldRow(
                self.declared.fields[name].label,
                str(self.case.held[name]["shown"]),
                str(self.case.held[name]["source"]),
            )
            for name in section.fields
            if name in self.case.held and self.asked is None
        ]
        asked = [self[name] for name in section.fields if name in self.fields]
        return SectionView(section.title, section.note, held, asked)


class SecretInput(forms.TextInput):
    """Never gives a well-written value back to the page; one with a mistake stays, to be put right."""

    def __init__(self, field: FormField, attrs: dict[str, str]) -> None:
        super().__init__(attrs)
        self.declared = field

    def format_value(self, value: Any) -> str | None:
        words = super().format_value(value)
        return words if words and problem_with(self.declared, words) else None


def _field_for(field: FormField) -> forms.Field:
    """The control for one declared field. Only a submission is validated, so a draft may lack what is required."""
    missing = {"required": f"请填写{field.label}", "max_length": f"{field.label}{TOO_LONG}"}
    common: dict[str, Any] = {"label": field.label, "help_text": field.hint, "error_messages": missing}
    common["required"] = field.required
    if field.type == "code":
        return forms.ChoiceField(choices=[("", "请选择"), *field.codes.items()], **common)
    if field.type == "list":
        return forms.MultipleChoiceField(
            choices=list(field.codes.items()), widget=forms.CheckboxSelectMultiple, **common
        )
    if field.type == "bool":
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **common)
    # Digits of an account are often typed in groups: its length is counted without the spaces, by `problem_with`.
    most = field.max_length if field.max_length and field.id != ACCOUNT else 2000
    return forms.CharField(widget=_widget_for(field), max_length=most, **common)


def _widget_for(field: FormField) -> forms.Widget:
    if field.type == "long_text":
        return forms.Textarea(attrs={"rows": 3})
    if field.type == "date":
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    numeric = field.type in ("int", "phone") or field.id == ACCOUNT
    attrs = {"inputmode": "numeric", "autocomplete": "off"} if numeric else {"autocomplete": "off"}
    return SecretInput(field, attrs) if answers.is_secret(field) else forms.TextInput(attrs)
