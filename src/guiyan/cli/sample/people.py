"""Whom the sample work is about: returnees of one county with a single, checked registration and no earlier payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiyan.accounts.queries import actor_by_username
from guiyan.cases import actions as cases
from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor, FixedActor
from guiyan.kernel.regions import subtree
from guiyan.policies.queries import known_facts
from guiyan.registers import queries as registers
from guiyan.registers.sample.names import TRADES

COUNTY = 421224000000
ITEM = "startup-subsidy"
HEROES = 100  # subjects below are the demonstration's residents, who apply for themselves
PAPER = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PAPER_NAMES = {"id_card": "身份证", "account": "银行卡"}
DIFFERS = 25
"""The one request of the sample whose trade is not that of its firm's name, for its reviewer to find."""
TOWNS_FROM = ("广东省深圳市", "广东省东莞市", "浙江省义乌市", "江苏省昆山市", "福建省晋江市")


@dataclass(frozen=True)
class Founder:
    """Somebody who may apply: the subject, the name, and the person as an actor of her own."""

    subject_id: int
    name: str

    @property
    def actor(self) -> FixedActor:
        return FixedActor("user", self.name, None, self.subject_id)


def founders(count: int) -> list[Founder]:
    """The first `count` people whose request would go through, by number."""
    found: dict[int, Founder] = {}
    for row in first_registrations():
        if row.subject_id not in found and qualifies(row.subject_id):
            found[row.subject_id] = Founder(row.subject_id, registers.subject(row.subject_id).display_name)
        if len(found) == count:
            break
    return [found[key] for key in sorted(found)]


def first_registrations() -> Iterator[registers.ReturneeRegistration]:
    """Checked first registrations in the county that lie before the business day: nobody applies with one to come."""
    (low, high), day = subtree(COUNTY), calendar.today()
    for row in registers.returnee_registrations():
        inside = low <= row.region < high and row.subject_id >= HEROES
        if inside and row.is_first and row.verified_on and row.registered_on and row.registered_on < day:
            yield row


def qualifies(subject_id: int) -> bool:
    """First registration, and on no list that stops a batch."""
    return known_facts(subject_id).get("business_registrations") == 1 and not stopped_by(subject_id)


def stopped_by(subject_id: int) -> list[str]:
    """The lists of the item that stop a batch and on which somebody, or her firm, is."""
    lists = releases.current().lists
    wanted = [name for name in releases.current().items[ITEM].comparisons if lists[name].blocks]
    firms = registers.firms_of(subject_id)
    found = registers.compare(subject_id, wanted, firm_id=firms[0].pk if firms else None)
    return [one.list_id for one in found if one.outcome == "hit"]


def on_the_payroll() -> Founder | None:
    """Somebody whose request would be approved and whose batch would then stop at the list of public employees."""
    for row in first_registrations():
        if known_facts(row.subject_id).get("business_registrations") != 1:
            continue
        if stopped_by(row.subject_id) == ["public-payroll"]:
            return Founder(row.subject_id, registers.subject(row.subject_id).display_name)
    return None


def trade_of(firm: str, *, differs: bool = False) -> str:
    """What a firm of this name does: the trade whose word its name has. differs: another one.

    Raises ValueError for a name without such a word: the sample's names all have one.
    """
    found = next((trade for trade, words in TRADES.values() if any(word in firm for word in words)), "")
    if not found:
        raise ValueError(f"no trade has a word of the firm's name {firm!r}")
    return next(trade for trade, _ in TRADES.values() if trade != found) if differs else found


def who_answers(check: CaseCheck, username: str) -> Actor:
    """The account of that name where it is of the unit asked; else somebody of that unit who has no account here."""
    officer = actor_by_username(username)
    if any(grant.unit_id == check.unit_id for grant in officer.grants):
        return officer
    return FixedActor("system", f"{check.unit.short_name or check.unit.name}经办人")


def draft(founder: Founder, number: int, *, by: object = None, entry: str = "self") -> Case:
    """A request filled in with its papers."""
    actor = by or founder.actor
    case = cases.open_draft(actor, item=ITEM, subject_id=founder.subject_id, entry=entry)  # type: ignore[arg-type]
    values = {
        "phone": f"154{number:08d}",
        "returned_from": TOWNS_FROM[number % len(TOWNS_FROM)],
        "jobs_led": str(2 + number % 4),
        "main_business": trade_of(case.firm, differs=number == DIFFERS),
        "account_bank": "通山农商银行",
        "account_number": f"62000000{number:08d}",
    }
    held = case.held
    case = cases.save_draft(actor, case=case, values={k: v for k, v in values.items() if k not in held})  # type: ignore[arg-type]
    for material in ("id_card", "account"):
        cases.add_material(actor, case=case, material=material, name=f"{PAPER_NAMES[material]}.pdf", content=PAPER)  # type: ignore[arg-type]
    return case
