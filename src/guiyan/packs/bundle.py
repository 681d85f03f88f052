"""Bundles (一件事): several items that are applied for with one form; each then runs by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from guiyan.engine.rules import Catalogue
from guiyan.engine.values import Declared, YamlBool, YamlText
from guiyan.packs.fields import field_catalogue
from guiyan.packs.item import Form, FormField, FormSection

SAME_IN_FIELDS = (
    ["label", "type", "fact", "secret", "prefill", "codes", "unit", "mask", "least", "most", "max_length"]
)  # fmt: skip
"""What a field must have alike in all forms of a bundle that have it: it is asked once, for all of them."""

SAME_IN_MATERIALS = ("label", "accept", "max_mb")
"""The same of a material, which is handed in once. Whether it must come is each item's own."""


class Bundled(Declared):
    """One item of a bundle. whom: for whom, in a few plain words.

    offered_when: a rule over the fields of all the bundle's forms; while it is clearly false the item is not offered.
    """

    whom: YamlText
    offered_when: str | None = None


class Bundle(Declared):
    """`items` in the order in which they are shown and asked.

    green_channel: officers find its cases marked and on top (绿色通道).
    """

    id: str = ""
    title: YamlText
    kind: Literal["person"] = Field(alias="for")
    summary: YamlText
    items: Mapping[str, Bundled] = Field(min_length=2)
    green_channel: YamlBool = False
    set_by: YamlText


def all_fields(forms: Iterable[Form]) -> dict[str, FormField]:
    """Every field once, as the first form that has it declares it."""
    found: dict[str, FormField] = {}
    for form in forms:
        for name, field in form.fields.items():
            found.setdefault(name, field)
    return found


def catalogue_of(forms: Iterable[Form]) -> Catalogue:
    """What `offered_when` may ask: the fields of all the forms."""
    return field_catalogue(all_fields(forms).values())


def sections_together(forms: Iterable[Form]) -> list[FormSection]:
    """The sections of the one form: each title and each field once.

    A section that only a later form has stands before the next one that it shares with the earlier ones
    (收款账户 stays last); what it shares goes where it stands already.
    """
    titles: list[str] = []
    fields: dict[str, list[str]] = {}
    notes: dict[str, str] = {}
    placed: set[str] = set()
    for form in forms:
        merge_titles(titles, [section.title for section in form.sections])
        for section in form.sections:
            new = [name for name in section.fields if name not in placed]
            placed.update(new)
            fields.setdefault(section.title, []).extend(new)
            notes.setdefault(section.title, section.note)
    return [FormSection(title=one, note=notes[one], fields=tuple(fields[one])) for one in titles if fields[one]]


def merge_titles(titles: list[str], others: list[str]) -> None:
    """Put the titles that are new in front of the next known one, at the end where none follows."""
    for place, title in enumerate(others):
        if title not in titles:
            known = next((one for one in others[place + 1 :] if one in titles), None)
            titles.insert(titles.index(known) if known else len(titles), title)
