"""What the release that a case is pinned to declares about it: item, form, measure, and the words made from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from pypinyin import Style, pinyin

from guiyan.cases.models import Batch, Case, Joint, Mandate
from guiyan.engine.rules.model import Measure, Version
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import NotFound, Refused
from guiyan.packs.bundle import Bundle
from guiyan.packs.item import Form, Item
from guiyan.packs.pack import Pack

AWARD, SUBSIDY = "奖补", "补贴"


def pack_of(thing: Case | Batch | Joint) -> Pack:
    """The pack as it was when the case, the batch or the requests of one form began."""
    return releases.release(thing.release)


def item_of(thing: Case | Batch) -> Item:
    return pack_of(thing).items[thing.item]


def form_of(case: Case) -> Form:
    return pack_of(case).forms[case.form]


def measure_of(case: Case) -> Measure | None:
    """The measure that gives what is asked for; None for a recognition or an answer."""
    return pack_of(case).measures[case.measure] if case.measure else None


def given_by(case: Case) -> Measure:
    """The measure of a case about money. Raises Refused where there is none."""
    measure = measure_of(case)
    if measure is None:
        raise Refused(f"“{case.title}”不是按政策措施发放的事项。", "no-measure")
    return measure


def money_word(case: Case) -> str:
    """What the money is called: 奖补 where the measure rewards, else 补贴."""
    measure = measure_of(case)
    return AWARD if measure is not None and version_of(case).benefit.kind == "award" else SUBSIDY


def member_name(case: Case) -> str:
    """What a recognition enters is called, as the form says; the applicant's name where it says nothing."""
    rule = item_of(case).membership
    if rule is None:
        return case.applicant
    title = pack_of(case).registers[rule.register_id].title_field
    return str(case.answers.get(rule.answers.get(title, ""), "") or case.applicant)


def current_item(item_id: str) -> Item:
    """An item of the release in force; NotFound when the city has none of that name."""
    item = releases.current().items.get(item_id)
    if item is None:
        raise NotFound("没有这个事项。")
    return item


def bundle_of(joint: Joint) -> Bundle:
    return pack_of(joint).bundles[joint.bundle]


def current_bundle(bundle_id: str) -> Bundle:
    """A bundle of the release in force; NotFound when the city has none of that name."""
    bundle = releases.current().bundles.get(bundle_id)
    if bundle is None:
        raise NotFound("没有这件事。")
    return bundle


def what_for(item_or_bundle: str) -> str:
    """The title of what a mandate is for: an item, or a bundle with all its items."""
    pack = releases.current()
    found = pack.items.get(item_or_bundle) or pack.bundles.get(item_or_bundle)
    if found is None:
        raise NotFound("没有这个事项。")
    return found.title


def mandated(mandate: Mandate) -> str:
    """What a mandate is for, by its title; what the city no longer has, by its id."""
    pack = releases.current()
    found = pack.items.get(mandate.item) or pack.bundles.get(mandate.item)
    return found.title if found is not None else mandate.item


def covering(item_id: str) -> list[str]:
    """What a mandate may name to cover an item: the item itself, or a bundle it is in."""
    return [item_id, *(one.id for one in releases.current().bundles.values() if item_id in one.items)]


def current_form(form_id: str) -> Form:
    """A form of the release in force."""
    return releases.current().forms[form_id]


def number_prefix() -> str:
    """咸宁 -> XN: how the city's numbers begin."""
    return "".join(part[0] for part in pinyin(releases.current().city.short_name, style=Style.FIRST_LETTER)).upper()


def names(case: Case, materials: Sequence[str], fields: Sequence[str]) -> list[str]:
    """The labels of the named materials and form fields; what the item does not know is left out."""
    item, form = item_of(case), form_of(case)
    labels = [item.materials[one].label for one in materials if one in item.materials]
    return labels + [form.fields[one].label for one in fields if one in form.fields]


def conditions(case: Case) -> dict[str, str]:
    """The measure's conditions in the version of the day of submission: id -> label; none without a measure."""
    if not case.measure:
        return {}
    version = version_of(case)
    return {name: one.label for name, one in version.conditions.items()}


def day_of(case: Case) -> date:
    """The day whose rules count: of submission, or today for a draft."""
    return localtime(case.submitted_at).date() if case.submitted_at else calendar.today()


def version_of(case: Case) -> Version:
    """The version in force on the day of submission, or now for a draft."""
    day = day_of(case)
    versions = given_by(case).versions
    standing = [one for one in versions if one.valid_from <= day]
    return standing[-1] if standing else versions[0]


def benefit_fen(measure: Measure | None, on: date) -> int:
    """What the measure gives at most on a day, from its benefit; 0 without one, or when the document names no sum.

    0 as well where it leaves a range, of which the reviewer decides.
    """
    return 0 if measure is None or benefit_range(measure, on) else _bounds(measure, on)[1]


def benefit_range(measure: Measure, on: date) -> tuple[int, int] | None:
    """The least and the most, in fen, where the document leaves room between two amounts; None where it does not."""
    least, most = _bounds(measure, on)
    return (least, most) if 0 < least < most else None


def _bounds(measure: Measure, on: date) -> tuple[int, int]:
    standing = [one for one in measure.versions if one.valid_from <= on] or list(measure.versions[:1])
    version, benefit = standing[-1], standing[-1].benefit
    return (
        _fen(version, benefit.amount_yuan or benefit.amount_min_yuan),
        _fen(version, benefit.amount_yuan or benefit.amount_max_yuan),
    )


def _fen(version: Version, words: str | None) -> int:
    if words is not None and words.startswith(":"):
        words = version.parameters[words[1:]].value
    return int(Decimal(words or "0") * 100)


def clause_words(case: Case) -> str:
    """《…》二（七）: the plan inside its document, and the section, of the release the case began on; or nothing."""
    measure, rule = measure_of(case), item_of(case).membership
    clause = measure.clause if measure is not None else rule.clause if rule is not None else None
    return pack_of(case).clause_words(clause) if clause is not None else ""


def appeal_ways(case: Case, *, by_township: bool = False) -> list[dict[str, Any]]:
    """The ways against a refusal by the case's office, with the names of whom to go to; none where none is known.

    by_township: decided by a township in its own name: then the county reviews, for a bureau the government it is of.
    A release that names no bodies says it as the item does.
    """
    appeal = item_of(case).appeal
    if appeal is None:
        return []
    named = pack_of(case).city.appeal_bodies(case.unit.region)
    reviews = named.review if named else (appeal.towns_review_unit if by_township else "") or appeal.review_unit
    court = named.court if named else appeal.court
    return [
        {"way": "行政复议", "where": reviews, "within": f"{appeal.review_days}日内", "basis": appeal.basis},
        {"way": "行政诉讼", "where": court, "within": f"{appeal.court_months}个月内", "basis": appeal.basis},
    ]


def appeal_words(ways: Sequence[dict[str, Any]]) -> str:
    """One sentence for the message: where to go and by when."""
    said = "；".join(f"收到决定书之日起{one['within']}可以向{one['where']}申请{one['way']}" for one in ways)
    return f"对决定不服的，{said}。".replace("申请行政诉讼", "提起行政诉讼") if said else ""
