"""Surveys: whom of a register officers ask again and again, what, and what is compared between two rounds."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field as Declare

from guiyan.engine.rules.model import Clause
from guiyan.engine.values import Declared, YamlInt, YamlText


class Survey(Declared):
    """A round of it visits every entry of `register` that meets `where` in the round's place when it opens.

    source: as whose report answers go into the register, by the form. asks: the fields asked, in order; must: those
    that may not stay empty; after: yes-or-no field → fields asked only where it is yes. compares: the fields of which
    rounds tell what changed, each a code or yes-or-no. house: the field by which a household is found.
    new: what is asked of somebody found there who is not in the register. day, round: fields that are filled with the
    day of the visit and the round's title. not_reached: why somebody could not be asked. keep_days: how long a phone
    keeps what it downloaded. days, every_days: how long a round usually is, and how often there is one.
    """

    id: str = ""
    label: YamlText
    note: str = ""
    register_: YamlText = Declare(alias="register")
    source: YamlText
    where: str | None = None
    asks: tuple[YamlText, ...] = Declare(min_length=1)
    must: tuple[YamlText, ...] = ()
    after: Mapping[str, tuple[YamlText, ...]] = Declare(default_factory=dict)
    compares: tuple[YamlText, ...] = Declare(min_length=1)
    house: str | None = None
    new: tuple[YamlText, ...] = ()
    day: str | None = None
    round: str | None = None
    not_reached: Mapping[str, YamlText] = Declare(min_length=1)
    keep_days: YamlInt = Declare(default=3, ge=1, le=14)
    days: YamlInt = Declare(default=30, ge=1, le=366)
    every_days: YamlInt = Declare(default=182, ge=1, le=1100)
    clause: Clause | None = None
    set_by: YamlText

    def asked(self, answers: Mapping[str, object]) -> tuple[str, ...]:
        """The fields asked of somebody who answers so: what follows a yes is left out without it."""
        left_out = {name for lead, names in self.after.items() if answers.get(lead) is not True for name in names}
        return tuple(name for name in self.asks if name not in left_out)
