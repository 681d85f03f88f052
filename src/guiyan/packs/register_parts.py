"""Parts of a register's declaration: form sections, screens, ladder, publication, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field as Declare
from pydantic import model_validator

from guiyan.engine.rules.model import Clause
from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText
from guiyan.packs.fields import Mask


class Section(Declared):
    """Fields that stand together in the form and on the page of an entry.

    show_if: a rule over the register's fields; while it is not clearly true the section is neither asked nor shown.
    """

    title: YamlText
    note: str = ""
    show_if: str | None = None
    fields: tuple[str, ...] = Declare(min_length=1)


class Screens(Declared):
    """Which fields a screen begins with; empty: all that fit. The others are one step away, never lost.

    list: columns of the list. phone: the form on a narrow screen.
    """

    list_: tuple[str, ...] = Declare(default=(), alias="list")
    phone: tuple[str, ...] = ()


class Ladder(Declared):
    """The register's `levels`, in rising order, are steps that an officer decides on, each with a reason.

    evidence: whether a decision must name the paper it rests on. start: where an entry comes in.
    """

    start: YamlText
    evidence: YamlBool = True
    clause: Clause | None = None
    set_by: YamlText


class PrintedList(Declared):
    """What is published of the register as a booklet too, as PDF and Word. by: the code field its chapters follow."""

    title: YamlText
    by: YamlText
    note: str = ""


class Publication(Declared):
    """What of the register everybody may read, on a page and a list of its own.

    where: a rule over the fields; only entries that clearly meet it are out. fields: field → how it is masked.
    basis: by what right, said on the page. booklet: the same on paper.
    """

    title: YamlText
    note: str = ""
    where: str | None = None
    fields: Mapping[str, Mask] = Declare(min_length=1)
    filters: tuple[str, ...] = ()
    basis: YamlText
    booklet: PrintedList | None = None


class Deal(Declared):
    """What came of it, asked of the officer who puts an answer on this level."""

    level: YamlText
    fields: tuple[str, ...] = Declare(min_length=1)


OpenDays = Literal["daily", "working"]


class Slots(Declared):
    """Two times of the register between which nobody else has what is asked for.

    released: levels on which it is free again. hours: the field (in decimals) that gets its length.
    opens, closes: as 08:00; with them a period lies within one day. cancel_hours: before it begins, until when the
    asker may cancel. days: every day, or those on which offices work by the city's calendar; days_field: a code field
    of what is booked that says it for one entry (`daily`, `working`). room: a standing relation whose helpers are
    booked: nobody new, once a helper has as many as her capacity allows.
    """

    from_: YamlText = Declare(alias="from")
    to: YamlText
    hours: str | None = None
    released: tuple[str, ...] = Declare(min_length=1)
    opens: str = ""
    closes: str = ""
    step_minutes: YamlInt = Declare(default=30, ge=1, le=1440)
    most_hours: YamlInt = Declare(default=8, ge=1, le=168)
    days_ahead: YamlInt = Declare(default=60, ge=1, le=366)
    cancel_hours: YamlInt = Declare(default=24, ge=0, le=720)
    days: OpenDays = "daily"
    days_field: str | None = None
    room: str | None = None


class Answers(Declared):
    """The register's entries answer published entries of another one: they ask about a site, order, book.

    field: refers to what is answered. title: on the button; note: beside the form, what happens then. prefix: of the
    numbers given. phone: the field by which the asker is called back; name: the one of how she is called, filled in
    with the name that is known. ended: levels on which nothing waits any more;
    cancelled: the one on which whoever asked takes it back.
    """

    field: YamlText
    title: YamlText
    note: YamlText
    prefix: YamlText = Declare(pattern="[A-Z]{2,6}")
    phone: YamlText
    name: str | None = None
    ended: tuple[str, ...] = Declare(min_length=1)
    cancelled: YamlText
    deal: Deal | None = None
    slots: Slots | None = None


class ExportRule(Declared):
    """approval: a second officer agrees before the file is made."""

    approval: YamlBool = True


class Reference(Declared):
    """The field holds the key of an entry of another register, which makes a standing relation to it.

    relation: its name, from that entry's subject to this one; reverse: what that entry's page calls this one.
    """

    register_: YamlText = Declare(alias="register")
    relation: YamlText
    reverse: YamlText


class Journal(Declared):
    """The register's entries are happenings about entries of another: visits, deals, hours served.

    about: the field that refers to whom it is about; on: the date field of when it happened. Such an entry needs no
    key of its own: the same words about the same on the same day are the same happening.
    """

    about: YamlText
    on: YamlText


class Total(Declared):
    """A figure nobody reports: it follows from the entries of another register, whatever is written there.

    of: that register. by: its field that names the entry (a reference, an ID number, a credit code); or match: fields
    of this register → of that one, which are alike where nothing names the entry (a region: with all below it).
    value: the field taken; none for a count. where: a rule over that register's fields. on: the date field by which
    one is the last; by default a journal's own. this_year: only what lies in the year of the day it is looked at.

    Unknown is never 0: a sum of which a part is unknown is unknown, as is what is matched by an empty field; where
    there are no entries count and sum are 0, last and mean unknown. mean is over those that have a value.
    """

    of: YamlText
    by: str | None = None
    match: Mapping[str, str] = Declare(default_factory=dict)
    take: Literal["count", "sum", "last", "mean"]
    value: str | None = None
    where: str | None = None
    on: str | None = None
    this_year: YamlBool = False

    @model_validator(mode="after")
    def says_whose_and_what(self) -> Total:
        if (self.by is None) == (not self.match):
            raise ValueError("`by`, the field that names the entry, or `match`, fields that are alike: one of them")
        if (self.take == "count") != (self.value is None):
            raise ValueError("`value` is the field taken by sum, last and mean; a count takes none")
        if self.this_year and self.match:
            raise ValueError("`this_year` needs `by`: what is matched is stored, and a stored figure would grow old")
        return self


class Remainder(Declared):
    """A figure that is what is left of one field after another (needed, less those present), never below 0."""

    of: YamlText
    less: YamlText
