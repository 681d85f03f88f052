"""Plans and their indicators with 口径: what is counted, from where, who reports and who locks it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from guiyan.engine.values import Declared, YamlBool, YamlDay, YamlInt, YamlText


class PlanLink(Declared):
    """A plan inside a policy document: `title` is how the document heads it, so that an import finds its own.

    issued_on, issued_by: as far as the document says so.
    """

    id: str = ""
    title: YamlText
    short_title: YamlText
    document: YamlText
    document_title: YamlText
    issued_on: YamlDay | None = None
    issued_by: str = ""
    valid_to: YamlDay | None = None
    lead_unit: str | None = None


class Among(Declared):
    """Only rows whose `column` is found as `match` among the rows of another dataset (people insured at such firms)."""

    column: YamlText
    dataset: YamlText
    match: YamlText
    where: str | None = None


class Aggregate(Declared):
    """A dataset counted or summed. `where` is a rule over its columns; `date` is the column of the period.

    Without a `date` the rows are counted as they are today, so there is no earlier figure to compare with.
    until: the last day on which a row still counts (an expired grade does not). as_of: what stood at the end of the
    year before, whatever the period is. show: columns listed with the records.
    this_year_only: the column holds this year's figure alone, so earlier years stand as once computed.
    """

    dataset: YamlText
    where: str | None = None
    take: Literal["count", "count_distinct", "sum"]
    of: str | None = None
    date: str | None = None
    until: str | None = None
    as_of: Literal["end_of_last_year"] | None = None
    region: YamlText = "region"
    among: Among | None = None
    this_year_only: YamlBool = False
    show: tuple[YamlText, ...] = ()

    @model_validator(mode="after")
    def takes_something(self) -> Aggregate:
        if self.take == "sum" and self.of is None:
            raise ValueError("`sum` needs `of`, the column that is added up")
        if self.as_of is not None and self.date is None:
            raise ValueError("`as_of` needs a `date`: without it nobody knows what stood then")
        return self


class Indicator(Declared):
    """One number promised by a plan. `computed` from records, or reported by `reporter` and locked by `locker`.

    A growth rate compares `computed` with the same stretch a year before; a ratio divides it by `over`.
    check: the same figure from another source, shown beside it and never in its place.
    """

    id: str = ""
    title: YamlText
    plan: YamlText
    section: YamlText
    comparator: Literal[">=", ">", "=", "<="]
    target: Decimal
    unit: str = ""
    kind: Literal["count", "level", "ratio", "growth_rate"]
    period: Literal["per_year", "by_date", "standing"]
    deadline: YamlDay | None = None
    parent: str | None = None
    per_region: YamlBool = False  # the target holds for each county, not for the city's sum
    definition: YamlText  # 口径
    source: YamlText
    reporter_kind: YamlText
    locker_kind: YamlText
    set_by: YamlText  # who fixed the 口径: the document rarely does
    computed: Aggregate | None = None
    over: Aggregate | None = None
    check: Aggregate | None = None
    check_label: str = ""
    parts_unit: str = ""  # what numerator and denominator of a reported share or growth are given in
    months: YamlInt = 1  # how often it is reported by hand
    due_days: YamlInt = 5  # working days after the period in which it is to be filled, checked and locked
    reported_by: Literal["county", "city"] = "city"  # each county's own unit, or the city's
    in_sample: Literal["by_people"] | Decimal | None = None  # what a demonstration measures it by; else as printed

    @property
    def is_stock(self) -> bool:
        """What stands on a day, and not what a year brought."""
        return self.period != "per_year"

    @property
    def is_quotient(self) -> bool:
        """A share or a growth: it is divided, so counties never add up to the city."""
        return self.kind in ("ratio", "growth_rate")

    @model_validator(mode="after")
    def can_be_computed(self) -> Indicator:
        if (self.kind == "ratio" and self.computed is not None) != (self.over is not None):
            raise ValueError("a computed ratio needs `over`, and nothing else has one")
        if self.kind == "growth_rate" and self.computed is not None and self.computed.date is None:
            raise ValueError("growth compares with a year before, so `computed` needs a `date`")
        if self.months not in (1, 3, 6, 12):
            raise ValueError("reported every 1, 3, 6 or 12 months")
        return self
