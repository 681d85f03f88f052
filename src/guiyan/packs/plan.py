"""Plans and their indicators with 口径: what is counted, from where, who reports and who locks it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from guiyan.engine.values import Declared, YamlBool, YamlDay, YamlInt, YamlText


class PlanLink(Declared):
    """A plan inside a policy document: `title` is how the document heads it, so that an import finds its own."""

    id: str = ""
    title: YamlText
    short_title: YamlText
    document: YamlText
    document_title: YamlText
    issued_on: YamlDay
    issued_by: YamlText
    valid_to: YamlDay | None = None
    lead_unit: str | None = None


class Aggregate(Declared):
    """A dataset counted or summed. `where` is a rule over its columns; `date` is the column of the period."""

    dataset: YamlText
    where: str | None = None
    take: Literal["count", "count_distinct", "sum"]
    of: str | None = None
    date: YamlText
    region: YamlText = "region"


class Indicator(Declared):
    """One number promised by a plan. `computed` from records, or reported by `reporter` and locked by `locker`."""

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
    months: YamlInt = 1  # how often it is reported by hand
