"""Places and offices of a city: regions, units (aliases, successors), templates of units, collectives that fan out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from guiyan.engine.values import Declared, YamlBool, YamlDay, YamlInt, YamlRegion, YamlText, region_span

RegionLevel = Literal["city", "county", "zone", "township", "village"]


class Contact(Declared):
    """A number people may call. `set_by` says who fixed it: a clause, or `city-demo` for sample data."""

    label: YamlText
    value: YamlText
    set_by: YamlText


class RatingRule(Declared):
    """好差评: within how many working days a bad rating is called back."""

    call_back_days: YamlInt
    set_by: YamlText


class OutreachRule(Declared):
    """精准推送: from which hour to which no text message goes out, and how many somebody may get in how many days."""

    quiet_from: YamlInt = 21
    quiet_to: YamlInt = 8
    sms_most: YamlInt = 1
    sms_days: YamlInt = 7
    set_by: YamlText = "guiyan"

    @model_validator(mode="after")
    def hours_of_a_day(self) -> OutreachRule:
        if not (0 <= self.quiet_from <= 23 and 0 <= self.quiet_to <= 23):
            raise ValueError("`quiet_from` and `quiet_to` are hours, 0 to 23")
        if self.sms_most < 1 or self.sms_days < 1:
            raise ValueError("`sms_most` and `sms_days` are 1 or more")
        return self


class AppealBodies(Declared):
    """Who reviews what the offices of a region decided, and which court hears the suit, by their full names."""

    review: YamlText
    court: YamlText
    set_by: YamlText


class DataRights(Declared):
    """What people are told of who looked at what is held of them: post, or the officer's name as well.

    copy_days: for how long a copy may be fetched. keeps: what may not be deleted (case, payment, loan) and why not.
    """

    officer: Literal["post", "name"] = "post"
    copy_days: YamlInt = 7
    keeps: Mapping[str, YamlText] = Field(default_factory=dict)
    set_by: YamlText = "guiyan"


class City(Declared):
    id: str = ""
    name: YamlText
    short_name: YamlText
    region: YamlRegion
    sample: YamlBool = False  # sample data is about: pages must say 示例数据
    sample_whole: YamlInt | None = None  # of so many sample people targets are as printed; of fewer, in proportion
    office: str = ""  # the unit that runs the platform
    contacts: Mapping[str, Contact] = Field(default_factory=dict)
    rating: RatingRule | None = None
    outreach: OutreachRule = Field(default_factory=OutreachRule)
    data_rights: DataRights = Field(default_factory=DataRights)
    appeals: Mapping[YamlRegion, AppealBodies] = Field(default_factory=dict)
    ask_first: tuple[str, ...] = ()  # the facts that 我能享受什么 asks of a person before it looks what settles most
    notes: tuple[str, ...] = ()

    def appeal_bodies(self, region: int) -> AppealBodies | None:
        """Those of the smallest declared region that this one lies in; None where the city names none."""
        around = [code for code in self.appeals if code <= region < region_span(code)[1]]
        return self.appeals[max(around)] if around else None


class Region(Declared):
    code: YamlInt
    name: YamlText
    short_name: YamlText
    level: RegionLevel
    parent: YamlInt | None = None


class Unit(Declared):
    """An office. `kind` is the department (`human-resources`), the same in every county, so that items can name it."""

    code: str = ""
    name: YamlText
    short_name: YamlText
    kind: YamlText
    region: YamlRegion
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    valid_from: YamlDay | None = Field(default=None, alias="from")
    valid_to: YamlDay | None = Field(default=None, alias="to")
    successor: str | None = None
    phone: str = ""
    set_by: str = ""


class UnitTemplate(Declared):
    """One unit in each region of a level. `{region}`, `{short}` and `{code}` stand for the region's names and code.

    endings: just regions whose names end so; only: just these; except: not these (their bureau is listed by itself).
    phones: short code of the region → the number people may call there.
    """

    id: str = ""
    code: YamlText
    name: YamlText
    short_name: YamlText
    kind: YamlText
    each: RegionLevel
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    only: tuple[YamlRegion, ...] = ()
    except_: tuple[YamlRegion, ...] = Field(default=(), alias="except")
    phones: Mapping[str, str] = Field(default_factory=dict)
    set_by: str = ""


class Collective(Declared):
    """A name in documents that means several units (各县市区人民政府): by kind and level, or listed."""

    id: str = ""
    names: tuple[str, ...] = Field(min_length=1)
    unit_kind: str | None = None
    units: tuple[str, ...] = ()
    members: tuple[str, ...] = ()  # unit codes, filled at loading
