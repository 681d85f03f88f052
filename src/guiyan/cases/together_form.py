"""The one form of several drafts: every field and every paper once, taken from the first that asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.http import QueryDict

from guiyan.cases import answers, declared, materials
from guiyan.cases.entry import ApplicationForm, HeldRow, SectionView
from guiyan.cases.materials import MaterialRow
from guiyan.cases.models import Case
from guiyan.packs.bundle import sections_together
from guiyan.packs.item import FormField


class TogetherForm:
    """The forms of the drafts as one; what is wrong stands at the field that is shown.

    `declared`: every field as the form that asks it declares it. Nothing is final: a draft takes anything.
    """

    def __init__(self, cases: Sequence[Case], data: QueryDict | None = None) -> None:
        self.cases = list(cases)
        self.forms = [ApplicationForm(case, data) for case in self.cases]
        self.is_bound = data is not None
        self.owners: dict[str, ApplicationForm] = {}
        for form in self.forms:
            for name in form.fields:
                self.owners.setdefault(name, form)
        for name, form in self.owners.items():
            form.fields[name].required = self.needs(name) and name not in form.kept

    @property
    def typed(self) -> dict[str, object]:
        """What was typed, right or wrong, for all of them."""
        found: dict[str, object] = {}
        for form in self.forms:
            found |= form.typed
        return found

    def needs(self, name: str) -> bool:
        """Whether any of the drafts needs the field, by what else is written."""
        wanting = (form for form in self.forms if name in form.declared.fields)
        return any(
            answers.is_required(form.declared, form.declared.fields[name], answers.typed_values(form.case))
            for form in wanting
        )

    def field(self, name: str) -> FormField:
        return self.owners[name].declared.fields[name]

    def told(self, name: str) -> bool:
        """Whether she said it before she began."""
        return bool(self.owners[name].case.answer_sources.get(name) == answers.TOLD)

    def complain(self) -> None:
        """Put everything that is wrong or missing on the form at once."""
        for form in self.forms:
            for name, words in answers.problems(form.case).items():
                if name in self.owners:
                    self.add_error(name, words)
                else:
                    self.add_error(None, words)

    def add_error(self, name: str | None, words: str) -> None:
        """Once each."""
        form = self.owners[name] if name else self.forms[0]
        if words not in (form.errors.get(name or "__all__") or []):
            form.add_error(name, words)

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms)

    def non_field_errors(self) -> list[str]:
        return [str(one) for form in self.forms for one in form.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (form[name] for name, form in self.owners.items())

    def sections(self) -> list[SectionView]:
        """The sections of all the forms as one; a shared one stands once."""
        return [
            self._section(one.title, one.note, one.fields)
            for one in sections_together(form.declared for form in self.forms)
        ]

    def _section(self, title: str, note: str, names: Sequence[str]) -> SectionView:
        held = [row for name in names if name not in self.owners and (row := self._held(name))]
        asked = [self.owners[name][name] for name in names if name in self.owners]
        return SectionView(title, note, held, asked)

    def _held(self, name: str) -> HeldRow | None:
        for form in self.forms:
            if name in form.case.held and name in form.declared.fields:
                kept = form.case.held[name]
                return HeldRow(form.declared.fields[name].label, str(kept["shown"]), str(kept["source"]))
        return None


def material_rows(cases: Sequence[Case]) -> list[MaterialRow]:
    """Every paper once: asked for where any of the drafts needs it, with the files of the first that has it."""
    found: dict[str, MaterialRow] = {}
    for case in cases:
        for row in materials.rows(case):
            before = found.get(row.id)
            if before is None or (row.required and not before.required):
                files = before.files if before is not None and before.files else row.files
                found[row.id] = MaterialRow(row.id, row.label, row.note, files, row.required, row.replaced_by)
    return list(found.values())


def answer_sections(cases: Sequence[Case]) -> list[dict[str, object]]:
    """What was written, read over before it is sent: title and rows (label, value, source), each field once."""
    rows: dict[str, answers.AnswerRow] = {}
    for case in cases:
        for row in answers.answer_rows(case):
            if row.id not in rows or rows[row.id].missing:
                rows[row.id] = row
    return [
        {
            "title": section.title,
            "rows": [
                {"label": rows[name].label, "value": rows[name].value, "source": rows[name].source}
                for name in section.fields
            ],
        }
        for section in sections_together(declared.form_of(case) for case in cases)
    ]


def declarations(cases: Sequence[Case]) -> list[str]:
    """What she confirms by sending, each sentence once."""
    return list(dict.fromkeys(words for case in cases for words in declared.form_of(case).declaration))
