"""Registers: typed lists of subjects with their fields and sources; lists for comparison."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field as Declare
from pydantic import model_validator

from guiyan.engine.rules import Catalogue
from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText
from guiyan.packs.fields import FieldType as FieldType
from guiyan.packs.fields import Mask, field_catalogue

ENCRYPTED: frozenset[FieldType] = frozenset({"phone", "id_number"})


class Field(Declared):
    """One column. `codes` gives a code or list field its values; `fact` names the fact that this field feeds.

    least, most: bounds of a whole number, both allowed; not_after: of a date. A value beyond them is refused.
    """

    id: str = ""
    label: YamlText
    type: FieldType
    required: YamlBool = False
    filter: YamlBool = False
    sort: YamlBool = False
    mask: Mask = "none"
    codes: Mapping[str, str] = Declare(default_factory=dict)
    unit: str = ""
    least: YamlInt | None = None
    most: YamlInt | None = None
    not_after: Literal["today"] | None = None
    hint: str = ""
    example: str = ""
    fact: str | None = None
    search: YamlBool = False  # goes into the search terms
    retired: YamlBool = False

    @property
    def encrypted(self) -> bool:
        return self.type in ENCRYPTED

    @model_validator(mode="after")
    def codes_and_encryption_fit(self) -> Field:
        if (self.type in ("code", "list")) != bool(self.codes):
            raise ValueError("`codes` are needed for code and list fields, and for no others")
        if self.encrypted and (self.filter or self.sort):
            raise ValueError(f"a {self.type} field is encrypted: it can't be filtered or sorted, only looked up whole")
        if self.encrypted and self.mask == "none":
            raise ValueError(f"a {self.type} field needs a `mask`")
        return self

    @model_validator(mode="after")
    def bounds_fit(self) -> Field:
        if self.type != "int" and (self.least, self.most) != (None, None):
            raise ValueError(f"`least` and `most` bound int fields; this one is a {self.type}")
        if self.type != "date" and self.not_after is not None:
            raise ValueError(f"`not_after` bounds date fields; this one is a {self.type}")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(f"no number is at least {self.least} and at most {self.most}")
        return self


class Source(Declared):
    """Who reports into a register; `trust` decides between two reports of one field (higher wins, then the newer)."""

    id: str = ""
    label: YamlText
    mark: str = ""  # the one-character provenance mark: 数 户 自
    trust: YamlInt


class Derived(Declared):
    """A fact counted or taken over the entries of this register (how many firms somebody founded)."""

    fact: YamlText
    take: Literal["exists", "count", "first", "last", "sum"]
    of: str | None = None  # the field taken; none for exists and count
    relation: str | None = None  # the fact is about whoever stands in this relation (founder) to the entry's subject


MEASURE_WORDS = {"person": "人", "organisation": "家", "project": "个"}


class Register(Declared):
    """unit: what its entries are counted in, where the word of its subject does not fit (人, 家, 个)."""

    id: str = ""
    label: YamlText
    subject: Literal["person", "organisation", "project"]
    note: str = ""
    unit: str = ""
    owner_unit_kind: YamlText
    fresh_days: YamlInt = 90
    title_field: YamlText
    region_field: YamlText
    key_field: str | None = None  # the exact key that identifies the subject
    default_sort: str | None = None
    home: YamlBool = False  # its entry gives a subject its name and place
    levels: Mapping[str, str] = Declare(default_factory=dict)
    fields: Mapping[str, Field] = Declare(min_length=1)
    sources: Mapping[str, Source] = Declare(min_length=1)
    facts: tuple[Derived, ...] = ()

    @property
    def counted_in(self) -> str:
        """The measure word of a count of its entries: 条."""
        return self.unit or MEASURE_WORDS[self.subject]

    @cached_property
    def catalogue(self) -> Catalogue:
        """What a filter over the register may ask: its typed columns, not the encrypted ones."""
        return field_catalogue(field for field in self.fields.values() if not field.encrypted)


class ListColumn(Declared):
    """period: a row of the list counts only on days from the one date to the other, both included; empty is open."""

    id: str = ""
    label: YamlText
    type: FieldType
    required: YamlBool = False
    key: YamlBool = False  # compared with the subject
    period: Literal["from", "to"] | None = None
    may_be_own: YamlBool = False  # names an organisation that may be the applicant's own


class ComparisonList(Declared):
    """A list somebody is compared with before money is given: imported, dated, never edited.

    effect: what a hit does. `block`: the batch is not signed until it is settled; `warn`: it asks for a look;
    `inform`: it is shown. required: while the list is missing or older than fresh_days, a batch waits for it.
    measure: the list says who was paid by this measure. set_by: who decided the effect, where no document does.
    """

    id: str = ""
    label: YamlText
    from_unit_kind: YamlText
    columns: Mapping[str, ListColumn] = Declare(min_length=1)
    effect: Literal["block", "warn", "inform"]
    required: YamlBool = True
    measure: str | None = None
    match_note: YamlText  # what a match means, in plain words
    clear_note: YamlText
    fresh_days: YamlInt = 90
    set_by: str = ""

    @property
    def blocks(self) -> bool:
        return self.effect == "block"

    @property
    def key_kind(self) -> Literal["id_number", "credit_code"]:
        """What it is compared by: persons by their ID number, firms by their credit code."""
        persons = any(column.key and column.type == "id_number" for column in self.columns.values())
        return "id_number" if persons else "credit_code"
