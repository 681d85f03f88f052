"""A firm applies through whoever runs it: once for the firm, whoever asks; on the firm's facts and its founder's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases import actions, checks, queries
from guiyan.cases.models import Case, CaseCheck, Message
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import NotFound, Refused
from guiyan.ledger import queries as ledger
from guiyan.notices import actions as notices
from guiyan.notices import queries as notice_queries
from guiyan.registers import actions as registers
from guiyan.registers import queries as register_queries
from guiyan.registers.sample.numbers import credit_code
from tests.cases import firms, people


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    firms.with_lists(tmp_path)
    firms.with_budget()
    firms.registers_filled()


def facts_of(subject_id: int) -> dict[str, object]:
    return dict(register_queries.facts_of(subject_id, date(2026, 6, 8)))


def verdict(case: Case) -> str:
    return case.verdicts.order_by("-id")[0].verdict


def test_the_firm_applies_and_its_owner_is_the_contact() -> None:
    firm = firms.a_firm()
    case = firms.a_draft(firm)
    assert (case.beneficiary_id, case.subject_id) == (firm.subject_id, firm.owner.subject_id)
    assert (case.applicant, case.firm) == (firm.name, firm.name)
    assert case.held["representative"]["value"] == "刘春燕"
    assert case.held["contact"]["source"] == "部门数据共享"


def test_what_the_register_says_of_the_owner_spares_paper_and_check() -> None:
    firm = firms.a_firm()
    case = actions.accept_case(people.as_actor("zhoumin"), case=firms.submitted(firm))
    assert [one.check_id for one in CaseCheck.objects.filter(case=case)] == ["standing"]


def test_a_firm_that_no_register_knows_brings_its_licence_and_the_regulator_is_asked() -> None:
    owner = people.a_returnee(1, firms=0)
    firm = firms.Firm(0, credit_code("company", 77), "通山县新办的公司", owner)
    case = actions.open_draft(
        owner.actor,
        item=firms.AWARD,
        subject_id=owner.subject_id,
        entry="self",
        firm=actions.NamedFirm(firm.name, firm.code),
    )
    case = actions.save_draft(owner.actor, case=case, values={**firms.ANSWERS, "representative": owner.name})
    assert case.held["credit_code"]["source"] == "申请人填报，待核验"
    with pytest.raises(Refused, match="请交营业执照"):
        actions.submit_case(owner.actor, case=case, token=case.submission_token)
    for material in ("licence", "account"):
        actions.add_material(owner.actor, case=case, material=material, name="paper.pdf", content=people.PAPER)
    case = actions.submit_case(owner.actor, case=case, token=case.submission_token)
    actions.accept_case(people.as_actor("zhoumin"), case=case)
    asked = CaseCheck.objects.filter(case=case).order_by("id")
    assert [one.check_id for one in asked] == ["standing", "representative"]
    assert {one.unit.code for one in asked} == {"421224-market-regulation"}


def test_whoever_the_register_does_not_name_cannot_apply_for_the_firm() -> None:
    firm, other = firms.a_firm(), people.a_returnee(2, name="张晓明", firms=0)
    for which in (firm.subject_id, actions.NamedFirm(firm.name, firm.code)):
        with pytest.raises(Refused, match="登记的法定代表人（经营者）不是申请人本人"):
            actions.open_draft(other.actor, item=firms.AWARD, subject_id=other.subject_id, entry="self", firm=which)


@pytest.mark.parametrize(
    ("which", "words"),
    [
        (None, "请先选出或填写是哪个单位"),
        (actions.NamedFirm("", credit_code("company", 5)), "请填写单位全称"),
        (actions.NamedFirm("某公司", "123"), "应为18位"),
    ],
)
def test_a_firm_that_is_not_said_or_not_well_written_is_asked_for(which: object, words: str) -> None:
    owner = people.a_returnee()
    with pytest.raises(Refused, match=words):
        actions.open_draft(
            owner.actor,
            item=firms.AWARD,
            subject_id=owner.subject_id,
            entry="self",
            firm=which,  # type: ignore[arg-type]
        )


def test_named_by_its_code_it_is_the_same_firm() -> None:
    firm = firms.a_firm()
    assert firms.a_draft(firm, named=True).pk == firms.a_draft(firm).pk


def test_at_the_counter_it_is_entered_for_the_owner() -> None:
    firm = firms.a_firm()
    clerk = people.as_actor("chenjing")
    case = actions.open_draft(
        clerk, item=firms.AWARD, subject_id=firm.owner.subject_id, entry="counter", firm=firm.subject_id
    )
    assert (case.entry, case.beneficiary_id) == ("counter", firm.subject_id)


def test_the_award_needs_the_recognition_of_the_register() -> None:
    firm = firms.a_firm()
    assert verdict(firms.submitted(firm)) == "no"
    other = firms.a_firm(2, owner="张晓明")
    firms.recognised(other)
    assert verdict(firms.submitted(other)) == "yes"


def test_without_the_registers_nothing_is_known_and_no_award_is_passed(scoped_db: object) -> None:
    from guiyan.kernel import releases
    from guiyan.registers.models import Subject
    from guiyan.registers.tables import table_of

    for name in ("project", "carrier"):
        table_of(releases.current(), name)._default_manager.all().delete()
    firm = firms.a_firm()
    assert Subject.objects.filter(pk=firm.subject_id).exists()
    assert "recognised_as" not in facts_of(firm.subject_id)
    case = firms.checked(firms.submitted(firm))
    assert verdict(case) == "unknown"
    with pytest.raises(Refused, match="还查不到：认定为返乡创业项目"):
        actions.pass_review(people.as_actor("zhengwei"), case=case)


def test_an_expired_recognition_is_none() -> None:
    firm = firms.a_firm()
    firms.recognised(firm, valid_to=date(2026, 6, 7))
    assert facts_of(firm.subject_id)["recognised_as"] == ()
    firms.recognised(firm, valid_to=date(2026, 6, 8), recognised_on=date(2026, 1, 6))
    assert facts_of(firm.subject_id)["recognised_as"] == ("returnee-project",)


def test_a_firm_is_what_its_founder_is() -> None:
    firm = firms.a_firm()
    registers.record(
        SYSTEM,
        register="person",
        values={"birth_date": date(1997, 5, 12), "is_graduate": True},
        source="shared",
        subject_id=firm.owner.subject_id,
    )
    found = facts_of(firm.subject_id)
    assert (found["founder_age_years"], found["is_returnee_led"], found["is_graduate_led"]) == (29, True, True)


def test_an_award_is_paid_to_the_firm_once_whoever_asks_for_it() -> None:
    firm = firms.a_firm()
    firms.recognised(firm)
    case = firms.approved(firm)
    assert (case.state, case.amount_fen) == ("approved", 5_000_000)
    assert [one.case_ref for one in ledger.entitlements_of(firm.subject_id)] == [case.ref]
    assert not ledger.entitlements_of(firm.owner.subject_id)
    with pytest.raises(Refused, match=f"{firm.name}2026年6月8日已经申请过“返乡创业项目奖补申领”.*同一单位只能享受一次"):
        firms.a_draft(firm)
    assert list(checks.findings()) == []


def test_two_entries_of_one_firm_found_to_be_one_get_it_once() -> None:
    first, second = firms.a_firm(), firms.a_firm(2)
    firms.recognised(first)
    firms.approved(first)
    registers.merge(SYSTEM, kept=second.subject_id, merged=first.subject_id)
    with pytest.raises(Refused, match="同一单位只能享受一次"):
        firms.a_draft(second)


def test_one_person_with_two_firms_applies_for_each() -> None:
    person = people.a_returnee(1, firms=2)
    one, two = register_queries.firms_of(person.subject_id)
    drafts = [
        actions.open_draft(person.actor, item=firms.AWARD, subject_id=person.subject_id, entry="self", firm=each.pk)
        for each in (one, two)
    ]
    assert drafts[0].pk != drafts[1].pk


def test_papers_of_one_firm_are_not_anothers() -> None:
    person = people.a_returnee(1, firms=2)
    one, two = (
        actions.open_draft(person.actor, item=firms.AWARD, subject_id=person.subject_id, entry="self", firm=each.pk)
        for each in register_queries.firms_of(person.subject_id)
    )
    given = actions.add_material(person.actor, case=one, material="account", name="a.pdf", content=people.PAPER)
    assert queries.reusable_materials(two) == {}
    with pytest.raises(NotFound):
        actions.reuse_material(person.actor, case=two, material="account", earlier=given)


def test_the_notice_names_the_firm_in_full_and_masks_its_owner() -> None:
    firm = firms.a_firm()
    firms.recognised(firm)
    batch = people.signed(firms.approved(firm))
    notice = notices.publish_batch_notice(SYSTEM, batch=batch)
    row = notice_queries.rows_of(notice)[0]
    cells = dict(zip(notice.columns, row.cells, strict=True))
    assert (cells["单位"], cells["法定代表人"], cells["金额"]) == (firm.name, "刘*燕", "50,000元")
    assert notice.title.endswith("返乡创业项目奖补拟发放单位的公示")
    assert (notice.verb, notice.counted) == ("发放奖补", "1家")


def test_an_award_is_not_called_a_subsidy() -> None:
    firm = firms.a_firm()
    firms.recognised(firm)
    case = firms.approved(firm)
    batch = people.signed(case)
    notices.publish_batch_notice(SYSTEM, batch=batch)
    actions.hold_line(people.as_actor("zhengwei"), case=case, reason="有异议")
    told = "".join(Message.objects.filter(case=case).values_list("body", flat=True))
    facts = {row["fact"]: row["label"] for row in case.verdicts.order_by("-id")[0].facts}
    assert "补贴" not in told
    assert "奖补" in told
    assert facts["received"] == "领过的奖补"
