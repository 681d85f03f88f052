"""The one form as the portal draws it: what is applied for, what is held, what is asked, the papers once."""

from __future__ import annotations

from typing import Any

from guiyan.cases import choosing, queries
from guiyan.cases.queries import Joint
from guiyan.cases.together_form import TogetherForm, material_rows
from guiyan.portal.apply.page import PREFIX, AskedField, FilesForm, MaterialView, Section, WholeForm


def form_context(joint: Joint, form: TogetherForm, faults: dict[str, str]) -> dict[str, Any]:
    """Everything the template draws."""
    rows = material_rows(form.cases)
    lacking = {row.id: f"请交{row.label}" for row in rows if row.missing} if form.is_bound else {}
    files = FilesForm.of(form.cases, {**lacking, **faults})
    return {
        "joint": joint,
        "form": form,
        "stopped": [one for one in choosing.choices(joint) if one.chosen and one.why_not],
        "titles": [case.title for case in form.cases],
        "sections": sections_of(form),
        "materials": [MaterialView(row, files[PREFIX + row.id], earlier_of(form, row)) for row in rows],
        "whole": WholeForm(form, files),
    }


def sections_of(form: TogetherForm) -> list[Section]:
    found = []
    for view in form.sections():
        asked = [
            AskedField(bound, form.field(bound.name).unit, form.field(bound.name).why, form.told(bound.name))
            for bound in view.fields
        ]
        found.append(Section(view.title, view.note, view.held, asked))
    return found


def earlier_of(form: TogetherForm, row: Any) -> Any:
    """A paper that she gave with an earlier request, where none is here yet."""
    if row.files:
        return None
    reusable = queries.reusable_materials(form.cases[0])
    found = reusable.get(row.id)
    return None if found is not None and found.case_id in {case.pk for case in form.cases} else found
