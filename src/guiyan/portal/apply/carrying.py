"""What somebody told 我能享受什么, carried into her application: from the session, never through an address."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from guiyan.cases import declared
from guiyan.packs import Item
from guiyan.portal.screening.screening import Screening, fact_of
from guiyan.portal.screening.told import PERSON, Told, Value
from guiyan.portal.screening.words import fact_words


def told_about(session: MutableMapping[str, Any], item: Item, firm: int | None = None) -> dict[str, Value]:
    """fact → value as she told it of herself or, where the item is for firms, of this firm or of one nobody named.

    firm: the subject; None where registers do not know it. What was told of another firm is not taken.
    """
    told = Told.of_kind(session, item.kind)
    return told.answers if item.kind == PERSON or told.firm in (None, firm) else {}


def carried_rows(found: Screening, item: Item, told: Mapping[str, Value]) -> list[str]:
    """What of it the form will already have, in her own words; what registers hold counts before it."""
    asked = [field.fact for field in declared.current_form(item.form).fields.values()]
    facts = [fact_of(name) for name in asked if name and name in told and name not in found.held]
    return [f"{fact.label}：{fact_words(fact, told[fact.id])}" for fact in facts if fact is not None]
