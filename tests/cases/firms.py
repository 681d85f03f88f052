"""Firms that apply, and what they were recognised as, for the tests of awards and recognitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiyan.cases import actions
from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.ledger import actions as ledger
from guiyan.registers import actions as registers
from guiyan.registers import queries
from guiyan.registers.sample.numbers import credit_code
from tests.cases import people

AWARD = "returnee-project-award"
ANSWERS = {"account_bank": "通山农商银行大畈支行", "account_number": "820100000000381"}
LISTS = ("irregular-operation", "serious-dishonesty", "struck-off")


@dataclass(frozen=True)
class Firm:
    """A firm with the resident who runs it."""

    subject_id: int
    code: str
    name: str
    owner: people.Person


def a_firm(serial: int = 1, *, owner: str = "刘春燕") -> Firm:
    """As `people.a_returnee` makes it: known to the register, with its founder."""
    return of_person(people.a_returnee(serial, name=owner), serial)


def of_person(person: people.Person, serial: int) -> Firm:
    """The one firm of somebody made as the `serial`th returnee."""
    (subject,) = queries.firms_of(person.subject_id)
    return Firm(subject.pk, credit_code("individual", serial * 10), subject.display_name, person)


def with_lists(folder: Path) -> None:
    for one in LISTS:
        people.bring_in(folder, one, [])


def with_budget(item: str = AWARD, fen: int = 100_000_000) -> None:
    programme = releases.current().items[item].payment_rule.account_code
    ledger.set_budget(SYSTEM, programme=programme, region=people.COUNTY, amount_fen=fen, source_doc=f"示例{item}")


def recognised(firm: Firm, *, register: str = "project", code: str = "returnee-project", **values: object) -> int:
    """An entry that says so, from the bureau."""
    told = {
        "name": f"{firm.name}项目",
        "number": f"RD-{firm.subject_id}",
        "region": people.VILLAGE,
        "recognition": code,
        "recognised_on": date(2026, 1, 5),
        "valid_to": date(2029, 1, 4),
        "operator_name": firm.name,
        "operator_credit_code": firm.code,
        **values,
    }
    source = "bureau" if register == "project" else "shared"
    return registers.record(SYSTEM, register=register, values=told, source=source)  # type: ignore[arg-type]


def registers_filled() -> None:
    """The registers of recognitions were brought in, with others in them."""
    for register, source, kind in (("project", "bureau", "returnee"), ("carrier", "shared", "park")):
        values = {"name": "别家的", "number": "QT-1", "region": people.VILLAGE, "kind": kind}
        registers.record(SYSTEM, register=register, values=values, source=source)  # type: ignore[arg-type]


def a_draft(firm: Firm, item: str = AWARD, *, named: bool = False) -> Case:
    """Filled in, with its papers; `named`: by name and code instead of chosen from her firms."""
    owner = firm.owner
    which = actions.NamedFirm(firm.name, firm.code) if named else firm.subject_id
    case = actions.open_draft(owner.actor, item=item, subject_id=owner.subject_id, entry="self", firm=which)
    case = actions.save_draft(owner.actor, case=case, values={**ANSWERS, "representative": owner.name})
    for material in ("account",):
        actions.add_material(owner.actor, case=case, material=material, name="paper.pdf", content=people.PAPER)
    return case


def submitted(firm: Firm, item: str = AWARD, *, named: bool = False) -> Case:
    case = a_draft(firm, item, named=named)
    return actions.submit_case(firm.owner.actor, case=case, token=case.submission_token)


def checked(case: Case) -> Case:
    case = actions.accept_case(people.as_actor("zhoumin"), case=case)
    for check in CaseCheck.objects.filter(case=case):
        actions.record_check(people.as_actor("marketchecker"), check=check, result="true")
    case.refresh_from_db()
    return case


def approved(firm: Firm, item: str = AWARD) -> Case:
    return actions.pass_review(people.as_actor("zhengwei"), case=checked(submitted(firm, item)))
