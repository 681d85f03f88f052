"""What is held already: the form shows it with its source, read-only, and never asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guiyan.cases.spelling import shown
from guiyan.kernel import calendar
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.item import Form, FormField
from guiyan.registers import queries as registers

Held = dict[str, Any]
NONE = "没有"
NAMED_BY_APPLICANT = "申请人填报，待核验"


def held_values(
    form: Form, subject_id: int, firm_subject_id: int | None, *, about: int | None = None
) -> dict[str, Held]:
    """field -> {shown, value, source, checked_on} for every field whose `prefill` is known today.

    about: whose facts they are (default: the person's), the firm's where it applies for itself.
    Secret register fields come masked; their full value stays in the register.
    """
    with entered(Scope.system()):
        known = registers.facts_with_sources(about or subject_id, calendar.today())
        facts = {row.fact: row for row in known}
        found: dict[str, Held] = {}
        for name, field in form.fields.items():
            held = _held(field, facts, subject_id, firm_subject_id)
            if held is not None:
                found[name] = held
    return found


def named_values(form: Form, name: str, credit_code: str) -> dict[str, Held]:
    """The same for a firm that no register knows yet, as it was named when the request began."""
    told = {"firm.name": name, "firm.credit_code": credit_code}
    return {
        field.id: _as_held(field, told[field.prefill], NAMED_BY_APPLICANT, None)
        for field in form.fields.values()
        if field.prefill in told
    }


def _held(
    field: FormField, facts: Mapping[str, registers.FactRow], subject_id: int, firm_subject_id: int | None
) -> Held | None:
    if not field.prefill:
        return None
    if "." not in field.prefill:
        row = facts.get(field.prefill)
        return None if row is None or row.value is None else _as_held(field, row.value, row.source, row.checked_on)
    register, _, column = field.prefill.partition(".")
    for subject in (subject_id, firm_subject_id):
        if subject is None:
            continue
        entry = registers.entry(SYSTEM, register, subject)
        if entry and entry.get(column) not in (None, ""):
            return _as_held(field, entry[column], registers.source_label(register, subject, column), None)
    return None


def _as_held(field: FormField, value: object, source: str, checked_on: date | None) -> Held:
    told = list(value) if isinstance(value, tuple | list) else as_text(value)
    return {
        "shown": shown(field, told) or as_text(value) or NONE,
        "value": told,
        "source": source,
        "checked_on": checked_on.isoformat() if checked_on else None,
    }


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "、".join(str(one) for one in value)
    return str(value)
