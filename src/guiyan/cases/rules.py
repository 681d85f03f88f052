"""Asking rules about a case: its measure over facts, and small conditions over the fields of its form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guiyan.engine.rules import ScreenResult, evaluate, screen
from guiyan.packs.item import Form
from guiyan.packs.pack import Pack


def verdict_on(pack: Pack, measure_id: str, facts: Mapping[str, object], on: date) -> ScreenResult:
    """What the measure says of these facts on that day; facts the city does not declare, or derives, are left out."""
    known = {name: value for name, value in facts.items() if name in pack.facts and pack.facts[name].derive is None}
    return screen([pack.compiled[measure_id]], known, on=on, kind=pack.measures[measure_id].kind)[0]


def holds_on_form(expression: str, form: Form, values: Mapping[str, object]) -> bool | None:
    """A `required_when` over the form's typed values; None when a field it asks is empty."""
    known = {name: value for name, value in values.items() if name in form.fields and value is not None}
    return evaluate(expression, known, form.catalogue)
