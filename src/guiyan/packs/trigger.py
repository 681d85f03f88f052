"""Triggers: a record that comes in from another office finds its people, tells them, and gives them a named helper."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Literal

from pydantic import Field as Declare
from pydantic import field_validator

from guiyan.engine.rules.model import Clause
from guiyan.engine.values import Declared, YamlInt, YamlText
from guiyan.packs.register import Field

WORDS = frozenset({"firm", "helper", "phone", "days", "by", "office"})
"""What the words of a message may name: firm, helper and phone, within how many days and by when, the office."""

NUMBER = "number"
"""How files and the API call the source's own number of a record."""


class Named(Declared):
    """What a record says of somebody it names, in the register of people.

    fields: field of that register → field of the record.
    """

    register_: YamlText = Declare(alias="register")
    source: YamlText
    fields: Mapping[str, YamlText] = Declare(min_length=1)


class TriggerWords(Declared):
    """title, opening: over and before the measures of the message; sms: before the one named in a text message."""

    title: YamlText
    opening: YamlText
    sms: YamlText

    @field_validator("title", "opening", "sms")
    @classmethod
    def known_words(cls, text: str) -> str:
        unknown = {name for _, name, _, _ in Formatter().parse(text) if name is not None} - WORDS
        if unknown:
            raise ValueError(f"`{{{sorted(unknown)[0]}}}` is not known here; known: {', '.join(sorted(WORDS))}")
        return text


class Trigger(Declared):
    """Records of one kind, each of a subject of `register`, and what the first of somebody sets off.

    entry: its address in the API. number_label: what the source calls its own number, by which a record counts once.
    takes: the fields of the register that a record holds; fields: those that only the record has; fixed: what every
    record means without saying it. source, basis: whose report it is and by which right it is given.
    named: the person it names; first_by: the relation (founder) of which somebody may have none before.
    within_days: a registration older than so many days is recorded and sets nothing off.
    flow: its state and clock; relation: who helps, given by least load; contact: the services that count as contact.
    unit_kind: the office of the place that answers for it. message_alone: while nobody could be given.
    """

    id: str = ""
    label: YamlText
    entry: Literal["registrations"]
    number_label: YamlText
    register_: YamlText = Declare(alias="register")
    source: YamlText
    basis: YamlText
    takes: tuple[YamlText, ...] = Declare(min_length=1)
    fields: Mapping[str, Field] = Declare(default_factory=dict)
    fixed: Mapping[str, YamlText] = Declare(default_factory=dict)
    named: Named
    first_by: YamlText
    dated: YamlText
    within_days: YamlInt = Declare(ge=1, le=366)
    flow: YamlText
    relation: YamlText
    contact: tuple[YamlText, ...] = Declare(min_length=1)
    unit_kind: YamlText
    message: TriggerWords
    message_alone: TriggerWords
    clause: Clause | None = None
    set_by: YamlText
