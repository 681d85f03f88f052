"""An invented person as the reports that the registers of a city would get of her, each from its own source.

Fields that a city's register lacks are left out, so that a pack with other registers can be filled too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from guiyan.packs.register import Register
from guiyan.registers.sample.people import SampleFirm, SamplePerson
from guiyan.registers.values import Value
from guiyan.registers.writing import Report

GENDERS = {"女": "female", "男": "male"}
NEEDS = ("funds", "site", "training", "sales", "staff", "advice")


def person_reports(register: Register, who: SamplePerson, last_day: date) -> Iterator[Report]:
    """The shared record is old and knows little; a visit brings phone and home; the person adds schooling."""
    basic: dict[str, Value] = {
        "name": who.name,
        "id_number": who.id_number,
        "gender": GENDERS[who.gender],
        "birth_date": who.birth_date,
        "hukou_region": who.hukou_region,
        "residence_region": who.hukou_region,
    }
    is_away = who.returned_on is None
    away: dict[str, Value] = {"is_migrant_worker": is_away, "works_outside_province": is_away and who.serial % 10 < 7}
    more: dict[str, Value] = {**basic, "phone": who.phone, **away}
    shared = {**basic, "is_graduate": True, "graduation_date": who.graduated_on} if who.graduated_on else basic
    told = {"shared": shared, "visit": more, "self": {**more, "degree": who.degree}}
    for age, source in enumerate(reversed(who.sources)):
        yield report(register, told[source], source, who.checked_on - timedelta(days=40 * age))


def returnee_reports(register: Register, who: SamplePerson, last_day: date) -> Iterator[Report]:
    """What she says of herself; what a visit or an office found; what the market regulator's data confirm."""
    if who.returned_on is None:
        return
    firm = who.firms[-1] if who.firms else None
    basic: dict[str, Value] = {
        "name": who.name,
        "id_number": who.id_number,
        "home_region": who.hukou_region,
        "return_date": who.returned_on,
        "returned_from": who.returned_from,
    }
    own: dict[str, Value] = {
        **basic,
        "phone": who.phone,
        "wish": who.wish,
        "skill": who.skill or None,
        "needs": (NEEDS[who.serial % 6], NEEDS[(who.serial + 2) % 6]),
    }
    if firm:
        own |= {"firm_name": firm.name, "business_registered_on": firm.registered_on, "jobs_led": firm.jobs_led}
    yield report(register, own, "self", min((firm or who).told_on, last_day))
    if who.return_checked_by and who.return_checked_on:
        yield report(register, basic, who.return_checked_by, who.return_checked_on)
        if firm and firm.from_regulator:
            yield report(register, {**basic, **confirmed(firm)}, "shared", min(firm.told_on, last_day))
        if again := checked_again(who, last_day):
            yield report(register, basic, who.return_checked_by, max(again, who.return_checked_on))


def checked_again(who: SamplePerson, last_day: date) -> date | None:
    """Two of three are looked at again in the last weeks; the others' facts grow old."""
    return last_day - timedelta(days=8 + who.serial % 67) if who.serial % 3 else None


def confirmed(firm: SampleFirm) -> dict[str, Value]:
    return {
        "firm_name": firm.name,
        "credit_code": firm.credit_code,
        "business_registered_on": firm.registered_on,
        "registration_checked": True,
    }


def firm_reports(register: Register, who: SamplePerson, last_day: date) -> Iterator[Report]:
    """The market regulator knows the registration, the founder how many work there."""
    for firm in who.firms:
        registered: dict[str, Value] = {
            "name": firm.name,
            "credit_code": firm.credit_code,
            "kind": firm.kind,
            "registered_region": firm.region,
            "registered_on": firm.registered_on,
            "status": "open" if firm.is_open else "closed",
            "founder_name": who.name,
            "founder_id_number": who.id_number,
        }
        more: dict[str, Value] = {"industry": firm.industry, "size": "micro" if firm.jobs_led < 10 else "small"}
        if firm.from_regulator:
            yield report(register, {**registered, **more}, "market", min(firm.told_on, last_day))
            if again := checked_again(who, last_day):
                yield report(register, {**registered, **more}, "market", max(again, min(firm.told_on, last_day)))
        own: dict[str, Value] = {"jobs_led": firm.jobs_led, "employees": firm.jobs_led, "is_returnee_led": True}
        yield report(register, {**registered, **own}, "self", min(firm.told_on + timedelta(days=9), last_day))


def insured_reports(register: Register, who: SamplePerson, last_day: date) -> Iterator[Report]:
    """Founders who pay insurance for themselves: every second of those whom the market regulator knows."""
    for firm in who.firms:
        if firm.is_open and firm.from_regulator and who.serial % 2 == 0:
            insured: dict[str, Value] = {
                "name": who.name,
                "id_number": who.id_number,
                "region": firm.region,
                "firm_name": firm.name,
                "credit_code": firm.credit_code,
                "insured_from": firm.registered_on,
            }
            first = min(firm.told_on, last_day)
            yield report(register, insured, "insurance", max(checked_again(who, last_day) or first, first))


def report(register: Register, values: Mapping[str, Value], source: str, at: date) -> Report:
    held = {name: value for name, value in values.items() if name in register.fields and value is not None}
    return Report(held, source, at)
