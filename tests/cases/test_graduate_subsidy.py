"""The graduates' startup subsidy: once, whatever year or list it came from, and beside the returnees' one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases import actions
from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.ledger import actions as ledger
from guiyan.ledger import queries as ledger_queries
from guiyan.packs import Pack
from guiyan.registers import actions as registers
from guiyan.registers.sample.numbers import id_number
from tests.cases import people

ITEM = "graduate-startup-subsidy"
ANSWERS = {
    "school": "咸宁职业技术学院",
    "jobs_led_excluding_founder": "2",
    "account_bank": "通山农商银行大畈支行",
    "account_number": "6200000000000381",
}


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    ledger.set_budget(SYSTEM, programme=ITEM, region=people.COUNTY, amount_fen=100_000_00, source_doc="示例预算通知2号")


def paid_graduates(folder: Path, *numbers: str) -> None:
    """Who had it in earlier years; nobody, which is said, where none is given."""
    rows = [[one, "示例", "5000", "2024-05-06", "通山县人社局"] for one in numbers]
    people.bring_in(folder, "paid-graduates", rows)


def a_graduate(graduated: date = date(2021, 6, 30), serial: int = 1) -> people.Person:
    """A returnee who also graduated; her firm was registered on 18 March 2026."""
    person = people.a_returnee(serial)
    registers.record(
        SYSTEM,
        register="person",
        values={"degree": "bachelor", "is_graduate": True, "graduation_date": graduated},
        source="shared",
        at=date(2026, 6, 1),
        subject_id=person.subject_id,
    )
    return person


def submitted(person: people.Person, **answers: str) -> Case:
    case = actions.open_draft(person.actor, item=ITEM, subject_id=person.subject_id, entry="self")
    case = actions.save_draft(person.actor, case=case, values={**ANSWERS, **answers})
    for material in ("id_card", "account"):
        actions.add_material(person.actor, case=case, material=material, name="paper.pdf", content=people.PAPER)
    return actions.submit_case(person.actor, case=case, token=case.submission_token)


def checked(case: Case) -> Case:
    actions.accept_case(people.as_actor("zhoumin"), case=case)
    for check in CaseCheck.objects.filter(case=case):
        people.answer(check)
    case.refresh_from_db()
    return case


def approved(case: Case) -> Case:
    return actions.pass_review(people.as_actor("zhengwei"), case=checked(case))


def test_it_runs_through_the_same_flow_to_a_batch_of_its_own(tmp_path: Path) -> None:
    paid_graduates(tmp_path)
    person = a_graduate()
    case = approved(submitted(person))
    assert case.verdicts.order_by("-id")[0].verdict == "yes"
    batch = people.signed(case)
    assert (batch.item, batch.total_fen, batch.state) == (ITEM, 5_000_00, "signed")


def test_nobody_gets_it_twice_and_it_stands_beside_the_startup_subsidy(tmp_path: Path) -> None:
    paid_graduates(tmp_path)
    person = a_graduate()
    approved(submitted(person))
    people.approved(person)
    held = ledger_queries.entitlements_of(person.subject_id).values_list("measure_id", flat=True)
    assert sorted(held) == [ITEM, "startup-subsidy"]
    with pytest.raises(Refused, match="同一人只能享受一次"):
        actions.open_draft(person.actor, item=ITEM, subject_id=person.subject_id, entry="self")


def test_who_was_paid_in_an_earlier_year_is_found_on_the_list(tmp_path: Path) -> None:
    paid_graduates(tmp_path, id_number(people.BORN, "女", 1))
    with pytest.raises(Refused):
        approved(submitted(a_graduate()))


def test_without_the_list_of_earlier_years_nothing_is_granted(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        approved(submitted(a_graduate()))


@pytest.mark.parametrize(
    ("graduated", "jobs", "verdict"),
    [(date(2021, 3, 18), "2", "yes"), (date(2021, 3, 17), "2", "no"), (date(2021, 6, 30), "1", "no")],
)
def test_the_fifth_anniversary_counts_and_two_jobs_beside_the_founder(
    tmp_path: Path, graduated: date, jobs: str, verdict: str
) -> None:
    paid_graduates(tmp_path)
    case = submitted(a_graduate(graduated), jobs_led_excluding_founder=jobs)
    assert case.verdicts.get().verdict == verdict


def test_a_case_keeps_the_release_it_began_on(tmp_path: Path) -> None:
    paid_graduates(tmp_path)
    case = submitted(a_graduate())
    changed = releases.current().content().replace("带动2人就业（不含创办人）", "带动9人就业（不含创办人）")
    changed = changed.replace("jobs_led_excluding_founder >= 2", "jobs_led_excluding_founder >= 9")
    releases.apply(SYSTEM, Pack.from_content(changed))
    assert releases.current_id() != case.release
    assert approved(case).state == "approved"
    later = submitted(a_graduate(serial=2))
    assert later.verdicts.get().verdict == "no"
