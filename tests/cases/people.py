"""People and money the tests of cases start from. Identity numbers are of a county that was never given out."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiyan.accounts.queries import actor_by_username
from guiyan.cases import actions
from guiyan.cases.queries import Batch, Case, CaseCheck
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM, Actor, FixedActor
from guiyan.ledger import actions as ledger
from guiyan.registers import actions as registers
from guiyan.registers.sample.numbers import credit_code, id_number

VILLAGE, TOWN, COUNTY = 421224107206, 421224107000, 421224000000
ITEM = "startup-subsidy"
BORN = date(1997, 5, 12)
LISTS_AS_OF = date(2026, 5, 31)
PHOTO = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 64
PAPER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ANSWERS = {
    "returned_from": "广东省深圳市",
    "jobs_led": "4",
    "main_business": "民宿",
    "account_bank": "通山农商银行大畈支行",
    "account_number": "6200000000000381",
}


@dataclass(frozen=True)
class Person:
    """A resident with her own account."""

    subject_id: int
    name: str
    actor: Actor


def a_returnee(serial: int = 1, *, name: str = "刘春燕", firms: int = 1, region: int = VILLAGE) -> Person:
    """Somebody who came back and registered `firms` businesses."""
    number = id_number(BORN, "女", serial)
    subject = registers.record(
        SYSTEM,
        register="person",
        values={
            "name": name,
            "id_number": number,
            "gender": "female",
            "phone": "15412345678",
            "residence_region": region,
            "hukou_region": region,
        },
        source="shared",
    )
    registers.record(
        SYSTEM,
        register="returnee",
        values={"name": name, "id_number": number, "home_region": region, "return_date": date(2026, 1, 20)},
        source="visit",
    )
    for each in range(firms):
        a_firm(serial * 10 + each, name=name, number=number, region=region)
    return Person(subject, name, FixedActor("user", name, 900_000 + serial, subject))


def a_firm(serial: int, *, name: str, number: str, region: int) -> None:
    registers.record(
        SYSTEM,
        register="firm",
        values={
            "name": f"通山县枫林谷民宿{serial}",
            "credit_code": credit_code("individual", serial),
            "kind": "individual",
            "registered_region": region,
            "registered_on": date(2026, 3, 18),
            "status": "open",
            "founder_name": name,
            "founder_id_number": number,
            "jobs_led": 4,
        },
        source="market",
    )


def with_budget(fen: int = 100_000_00) -> None:
    """The county's pot for the subsidy holds this much."""
    programme = releases.current().items[ITEM].payment.account_code
    ledger.set_budget(SYSTEM, programme=programme, region=COUNTY, amount_fen=fen, source_doc="示例预算通知1号")


def with_list(folder: Path, *paid: str, as_of: date = LISTS_AS_OF) -> None:
    """The lists that cases are compared with are there; `paid` are the identity numbers on that of those paid before.

    On the others there is nobody, which is said (本期无记录).
    """
    rows = [[number, "示例", "5000", "2024-05-06", "通山县人社局"] for number in paid]
    for list_id in releases.current().items[ITEM].comparisons:
        bring_in(folder, list_id, rows if list_id == "paid-before" else [], as_of=as_of)


def bring_in(folder: Path, list_id: str, rows: list[list[str]], *, as_of: date = LISTS_AS_OF) -> None:
    """One issue of a list with these rows, each in the order of the list's columns; none: there is nobody on it."""
    head = [column.label for column in releases.current().lists[list_id].columns.values()]
    file = folder / f"{list_id}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([head, *rows])
    summary = registers.import_list(
        SYSTEM, list_id=list_id, path=file, as_of=as_of, confirmed=True, said_empty=not rows
    )
    assert summary.faults == []


def a_draft(person: Person, *, by: Actor | None = None, entry: str = "self") -> Case:
    """Filled in, with its papers; not submitted."""
    actor = by or person.actor
    case = actions.open_draft(actor, item=ITEM, subject_id=person.subject_id, entry=entry)
    case = actions.save_draft(actor, case=case, values=ANSWERS)
    for material in ("id_card", "account"):
        actions.add_material(actor, case=case, material=material, name=f"{material}.pdf", content=PAPER)
    return case


def submitted(person: Person) -> Case:
    case = a_draft(person)
    return actions.submit_case(person.actor, case=case, token=case.submission_token)


def accepted(person: Person, by: str = "zhoumin") -> Case:
    return actions.accept_case(actor_by_username(by), case=submitted(person), opinion="材料齐全")


def checked(person: Person) -> Case:
    case = accepted(person)
    for check in CaseCheck.objects.filter(case=case):
        answer(check)
    case.refresh_from_db()
    return case


def answer(check: CaseCheck, result: str = "true", note: str = "") -> CaseCheck:
    """By somebody of the unit that was asked."""
    by = "marketchecker" if check.check_id == "registration" else "townchecker"
    return actions.record_check(actor_by_username(by), check=check, result=result, note=note)


def approved(person: Person) -> Case:
    return actions.pass_review(actor_by_username("zhengwei"), case=checked(person), opinion="同意")


def a_batch(*cases: Case) -> Batch:
    return actions.prepare_batch(actor_by_username("huanglei"), cases=list(cases))


def signed(*cases: Case) -> Batch:
    batch = actions.recheck_batch(actor_by_username("wuqiang"), batch=a_batch(*cases))
    return actions.sign_batch(actor_by_username("xurong"), batch=batch)


def corrected(case: Case, *, by: str = "chenjing", account_no: str = "6200000000007777") -> Case:
    """After a returned payment: another account, given at the counter with a picture of the card."""
    picture = actions.Picture("card.png", PHOTO)
    return actions.correct_account(as_actor(by), case=case, bank="通山农商银行", account_no=account_no, picture=picture)


def confirmed(case: Case) -> Case:
    """A second person has compared the account with the picture."""
    return actions.confirm_account(as_actor("zhengwei"), case=case)


def as_actor(username: str) -> Actor:
    return actor_by_username(username)


def with_powers_of(username: str, *others: str) -> Actor:
    """The first person, with the grants of the others as well: what 审办分离 must hold against."""
    person = actor_by_username(username)
    grants = person.grants + tuple(grant for other in others for grant in actor_by_username(other).grants)
    return FixedActor("user", person.label, person.user_id, person.subject_id, grants, username)
