"""The application form as the portal draws it: held facts with their source, what is asked, the materials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from guiyan.cases import answers, declared, materials, queries, supplements
from guiyan.cases.entry import ApplicationForm, HeldRow
from guiyan.cases.materials import MaterialRow
from guiyan.cases.queries import Case
from guiyan.cases.together_form import TogetherForm
from guiyan.packs import Material

PREFIX = "file-"


@dataclass(frozen=True)
class AskedField:
    """One field with the unit that stands behind it; told: she said it before she began, and may change it."""

    bound: forms.BoundField
    unit: str
    why: str
    told: bool = False


@dataclass(frozen=True)
class Section:
    """One part of the form."""

    title: str
    note: str
    held: list[HeldRow]
    asked: list[AskedField]


@dataclass(frozen=True)
class MaterialView:
    """One material: what is there, what may be taken from earlier, and where a file can be put."""

    row: MaterialRow
    bound: forms.BoundField
    earlier: Any


class SeveralFiles(forms.FileInput):
    """Front and back of a card are chosen at once."""

    allow_multiple_selected = True


class FilesForm(forms.Form):
    """A file field for every material; drawn only, the files themselves are checked where they are kept."""

    def __init__(self, wanted: Mapping[str, Material], faults: dict[str, str]) -> None:
        super().__init__()
        for name, material in wanted.items():
            kinds = ",".join(f".{one}" for one in material.accept)
            accept = f"image/*,{kinds}" if "jpg" in material.accept else kinds
            picker = SeveralFiles(attrs={"accept": accept, "multiple": True})
            field = forms.FileField(label=material.label, required=True, help_text="拍照或选文件", widget=picker)
            self.fields[PREFIX + name] = field
        self._errors = forms.utils.ErrorDict({PREFIX + name: self.error_class([why]) for name, why in faults.items()})

    @classmethod
    def of(cls, cases: Iterable[Case], faults: dict[str, str]) -> FilesForm:
        """The materials of all of them, each once."""
        wanted: dict[str, Material] = {}
        for case in cases:
            wanted = {**declared.item_of(case).materials, **wanted}
        return cls(wanted, faults)


class WholeForm:
    """Fields and files as one form, for the summary of what is wrong."""

    def __init__(self, form: ApplicationForm | TogetherForm, files: FilesForm) -> None:
        self.form, self.files = form, files
        self.is_bound = True

    def non_field_errors(self) -> list[str]:
        return [str(one) for one in self.form.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        yield from self.form
        yield from self.files


def form_for(case: Case, data: QueryDict | None = None) -> ApplicationForm:
    form = ApplicationForm(case, data)
    form.use_required_attribute = False
    return form


def draft_context(case: Case, form: ApplicationForm, faults: dict[str, str]) -> dict[str, Any]:
    """Everything the template draws; when supplementing, only what was asked for."""
    supplement, asked = supplements.waiting(case), supplements.open_materials(case)
    wanted = [row for row in materials.rows(case) if asked is None or row.id in asked]
    lacking = {row.id: f"请交{row.label}" for row in wanted if row.missing} if form.is_bound else {}
    files = FilesForm.of([case], {**lacking, **faults})
    return {
        "case": case,
        "form": form,
        "supplement": supplement,
        "sections": sections_of(case, form),
        "materials": material_views(case, wanted, files),
        "whole": WholeForm(form, files),
    }


def sections_of(case: Case, form: ApplicationForm) -> list[Section]:
    """The form in its sections; a field that the other answers ask for is marked as needed."""
    given = answers.typed_values(case)
    for name, field in form.fields.items():
        field.required = answers.is_required(form.declared, form.declared.fields[name], given)
    found = []
    for view in form.sections():
        asked = [
            AskedField(
                bound,
                form.declared.fields[bound.name].unit,
                form.declared.fields[bound.name].why,
                case.answer_sources.get(bound.name) == answers.TOLD,
            )
            for bound in view.fields
        ]
        found.append(Section(view.title, view.note, view.held, asked))
    return found


def material_views(case: Case, rows: list[MaterialRow], files: FilesForm) -> list[MaterialView]:
    reusable = queries.reusable_materials(case)
    return [MaterialView(row, files[PREFIX + row.id], None if row.files else reusable.get(row.id)) for row in rows]


def complaints(case: Case, form: ApplicationForm) -> bool:
    """Put everything that is wrong or missing on the form at once; whether there is anything."""
    for name, words in answers.problems(case).items():
        if name not in form.fields:
            form.add_error(None, words)
        elif name not in form.errors:
            form.add_error(name, words)
    return bool(form.errors) or bool(materials.lacking(case))
