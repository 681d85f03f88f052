"""A survey as the page on the phone needs it: each question with its label, kind and choices."""

from __future__ import annotations

from typing import Any

from guiyan.kernel import releases
from guiyan.packs.register import Field
from guiyan.packs.survey import Survey


def survey_words(survey: Survey) -> dict[str, Any]:
    register = releases.current().registers[survey.register_]
    new = [name for name in survey.new if name not in survey.asks]
    after = {name: lead for lead, names in survey.after.items() for name in names}
    return {
        "label": survey.label,
        "asks": [question(register.fields[name], name in survey.must, after.get(name, "")) for name in survey.asks],
        "new": [question(register.fields[name], register.fields[name].required, "") for name in new],
        "not_reached": dict(survey.not_reached),
    }


def question(field: Field, must: bool, after: str) -> dict[str, Any]:
    hint = field.hint or (f"例如{field.example}" if field.example else "")
    return {
        "id": field.id,
        "label": field.label,
        "type": field.type,
        "codes": dict(field.codes),
        "must": must,
        "after": after,
        "hint": "不改就空着" if field.encrypted and not must else hint,
    }
