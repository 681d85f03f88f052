"""Registers: typed lists of subjects with their fields, sources, and who may do what with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field as Declare
from pydantic import model_validator

from guiyan.engine.rules import Catalogue
from guiyan.engine.rules.model import Clause
from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText
from guiyan.packs.comparison import ComparisonList as ComparisonList
from guiyan.packs.comparison import ListColumn as ListColumn
from guiyan.packs.comparison import Sharing
from guiyan.packs.fields import NOT_ASKED, Mask, field_catalogue
from guiyan.packs.fields import FieldType as FieldType
from guiyan.packs.register_parts import (
    Answers,
    ExportRule,
    Journal,
    Ladder,
    Publication,
    Reference,
    Remainder,
    Screens,
    Section,
    Total,
)

ENCRYPTED: frozenset[FieldType] = frozenset({"phone", "id_number"})
NUMBERS: frozenset[FieldType] = frozenset({"int", "decimal", "money"})
TEXTS: frozenset[FieldType] = frozenset({"text", "long_text"})
Channel = Literal["file", "form", "api", "exchange", "portal"]
LinkedAs = Literal[
    "former_name", "gender", "birth_year", "native_region", "school", "graduation_year", "employer", "phone"
]


class Field(Declared):
    """One column. `codes` gives a code or list field its values; `fact` names the fact that this field feeds.

    least, most: bounds of a number, both allowed, of money in yuan; not_after: of a date; pattern, max_length: of
    a text, with what would be right in pattern_words. A value beyond them is refused.
    required_when: a rule over the register's fields. seen_by: who holds none of these permissions where the entry
    lies never gets the value, by no way. links_as: as what linkage compares it, to know a person again (see
    `linked_columns`). refers_to: the text is the key of another register's entry.
    total, remainder: nobody reports it, it follows from entries. samples: invented values that a demonstration draws
    from.
    """

    id: str = ""
    label: YamlText
    type: FieldType
    required: YamlBool = False
    required_when: str | None = None
    filter: YamlBool = False
    sort: YamlBool = False
    mask: Mask = "none"
    seen_by: tuple[str, ...] = ()
    codes: Mapping[str, str] = Declare(default_factory=dict)
    unit: str = ""
    least: YamlInt | None = None
    most: YamlInt | None = None
    not_after: Literal["today"] | None = None
    pattern: str = ""
    pattern_words: str = ""
    max_length: YamlInt | None = None
    refers_to: Reference | None = None
    total: Total | None = None
    remainder: Remainder | None = None
    hint: str = ""
    example: str = ""
    samples: tuple[str, ...] = ()
    fact: str | None = None
    links_as: LinkedAs | None = None
    search: YamlBool = False  # goes into the search terms
    retired: YamlBool = False

    @property
    def encrypted(self) -> bool:
        return self.type in ENCRYPTED

    @property
    def is_derived(self) -> bool:
        """Whether it follows from entries, so that nobody reports it."""
        return self.total is not None or self.remainder is not None

    @property
    def ages(self) -> bool:
        """Whether it is another figure on another day: worked out when it is looked at, never stored."""
        return self.total is not None and self.total.this_year

    @property
    def is_open(self) -> bool:
        """Whether it may stand in figures and files: neither encrypted nor for some alone."""
        return not self.encrypted and not self.seen_by

    @model_validator(mode="after")
    def codes_and_encryption_fit(self) -> Field:
        if (self.type in ("code", "list")) != bool(self.codes):
            raise ValueError("`codes` are needed for code and list fields, and for no others")
        if self.encrypted and (self.filter or self.sort):
            raise ValueError(f"a {self.type} field is encrypted: it can't be filtered or sorted, only looked up whole")
        if self.encrypted and self.mask == "none":
            raise ValueError(f"a {self.type} field needs a `mask`")
        if self.type in NOT_ASKED and (self.filter or self.fact or (self.sort and self.type == "picture")):
            raise ValueError(f"a {self.type} field can't be filtered by, nor feed a fact")
        return self

    @model_validator(mode="after")
    def derived_fits(self) -> Field:
        if not self.is_derived:
            return self
        if self.total is not None and self.remainder is not None:
            raise ValueError("`total` or `remainder`: not both")
        if self.encrypted or self.type == "list" or self.type in NOT_ASKED:
            raise ValueError(f"a {self.type} can't follow from other entries")
        if self.required or self.required_when is not None or self.refers_to is not None or self.fact is not None:
            raise ValueError("nobody reports it: leave out `required`, `required_when`, `refers_to` and `fact`")
        if self.search:
            raise ValueError("people are found by what is reported: leave out `search`")
        if self.ages and (self.filter or self.sort):
            raise ValueError("this year's figure is worked out on the day: it can't be filtered or sorted by")
        return self

    @model_validator(mode="after")
    def bounds_fit(self) -> Field:
        if self.type not in NUMBERS and (self.least, self.most) != (None, None):
            raise ValueError(f"`least` and `most` bound numbers; this one is a {self.type}")
        if self.type != "date" and self.not_after is not None:
            raise ValueError(f"`not_after` bounds date fields; this one is a {self.type}")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(f"no number is at least {self.least} and at most {self.most}")
        return self

    @model_validator(mode="after")
    def texts_fit(self) -> Field:
        if self.type not in TEXTS and (self.pattern or self.max_length is not None):
            raise ValueError(f"`pattern` and `max_length` bound texts; this one is a {self.type}")
        if bool(self.pattern) != bool(self.pattern_words):
            raise ValueError("`pattern` needs `pattern_words`, which say what would be right")
        if self.pattern:
            try:
                re.compile(self.pattern)
            except re.error as wrong:
                raise ValueError(f"`pattern` is no regular expression: {wrong}") from wrong
        if self.required and self.required_when is not None:
            raise ValueError("`required` always, or `required_when`: not both")
        return self


class Source(Declared):
    """Who reports into a register; `trust` decides between two reports of one field (higher wins, then the newer).

    by: the ways it reports: a file, the form at the desk, the API, a resident's own page. Cases and visits have ways of
    their own. asks: what the resident's page asks, and all that it takes. sharing: it is another bureau's data, and
    stands in the catalogue. sent_by: kinds of units outside government whose own accounts report as this source, each
    about its own entries (`register_senders`).
    """

    id: str = ""
    label: YamlText
    mark: str = ""  # the one-character provenance mark: 数 户 自
    trust: YamlInt
    by: tuple[Channel, ...] = ("file",)
    asks: tuple[str, ...] = ()
    sharing: Sharing | None = None
    sent_by: tuple[str, ...] = ()


class Derived(Declared):
    """A fact counted or taken over the entries of this register (how many firms somebody founded)."""

    fact: YamlText
    take: Literal["exists", "count", "first", "last", "sum"]
    of: str | None = None  # the field taken; none for exists and count
    relation: str | None = None  # the fact is about whoever stands in this relation (founder) to the entry's subject


MEASURE_WORDS = {"person": "人", "organisation": "家", "project": "个", "asset": "条"}


class Register(Declared):
    """unit: what its entries are counted in, where the word of its subject does not fit (人, 家, 个, 条).

    clause: where the document asks for it; set_by: who decided what the document leaves open.
    purpose, basis: what it is kept for and by what right, in words for those who are in it.
    sample: how many invented entries a demonstration has in each county (0: none, or made by a generator of its own).
    """

    id: str = ""
    label: YamlText
    subject: Literal["person", "organisation", "project", "asset"]
    note: str = ""
    purpose: str = ""
    basis: str = ""
    unit: str = ""
    clause: Clause | None = None
    set_by: str = ""
    owner_unit_kind: YamlText
    fresh_days: YamlInt = 90
    title_field: YamlText
    region_field: YamlText
    key_field: str | None = None  # the exact key that identifies the subject
    default_sort: str | None = None
    home: YamlBool = False  # its entry gives a subject its name and place
    levels: Mapping[str, str] = Declare(default_factory=dict)
    ladder: Ladder | None = None
    journal: Journal | None = None
    sections: tuple[Section, ...] = ()
    screens: Screens = Declare(default_factory=Screens)
    publish: Publication | None = None
    answers: Answers | None = None
    export: ExportRule = Declare(default_factory=ExportRule)
    sample: YamlInt = 0
    fields: Mapping[str, Field] = Declare(min_length=1)
    sources: Mapping[str, Source] = Declare(min_length=1)
    facts: tuple[Derived, ...] = ()

    @property
    def counted_in(self) -> str:
        """The measure word of a count of its entries: 条."""
        return self.unit or MEASURE_WORDS[self.subject]

    def sources_by(self, channel: Channel) -> list[Source]:
        """Who may report by this way."""
        return [source for source in self.sources.values() if channel in source.by]

    @cached_property
    def senders(self) -> Mapping[str, Source]:
        """Kind of unit → the source as which units of that kind send their own entries."""
        return {kind: source for source in self.sources.values() for kind in source.sent_by}

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that lie in its table, retired ones among them."""
        return tuple(field for field in self.fields.values() if not field.ages)

    @cached_property
    def reported(self) -> tuple[Field, ...]:
        """The fields that sources speak of, retired ones among them."""
        return tuple(field for field in self.fields.values() if not field.is_derived)

    @cached_property
    def laid_out(self) -> tuple[Section, ...]:
        """Its sections; one with all fields where none are declared. Retired fields are in none."""
        kept = tuple(field.id for field in self.fields.values() if not field.retired)
        return self.sections or (Section(title=self.label, fields=kept),)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What a rule over the register may ask: its typed columns, not the encrypted ones, times or pictures."""
        return field_catalogue(field for field in self.stored if not field.encrypted and field.type not in NOT_ASKED)
