"""A recognition: reviewed by several, made public, decided by another; then a member of the register, for years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from guiyan.accounts.scope import scope_of
from guiyan.cases import actions, checks, queries, tasks
from guiyan.cases.models import CaseCheck, Certificate, Message
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import entered
from guiyan.ledger import queries as ledger
from guiyan.notices import queries as notice_queries
from guiyan.notices.models import Notice
from guiyan.registers import actions as registers
from guiyan.registers import queries as register_queries
from tests.cases import firms, people
from tests.cases import recognitions as recognising
from tests.cases.recognitions import LAST_DAY, PARK

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    firms.with_lists(tmp_path)
    firms.registers_filled()


def facts_on(firm: firms.Firm, day: date) -> object:
    return register_queries.facts_of(firm.subject_id, day).get("recognised_as")


def test_whoever_is_recognised_enters_the_register_with_grade_number_and_days(at: Clock) -> None:
    firm = firms.a_firm()
    case = recognising.recognised(firm, at)
    certificate = Certificate.objects.get(case=case)
    entry = register_queries.entry(SYSTEM, "project", certificate.member_id)
    assert entry is not None
    assert (case.state, case.state_label, case.amount_fen) == ("recognised", "已认定", 0)
    assert certificate.number == "XN421224-XM-2026-0001"
    told = {name: entry[name] for name in ("name", "number", "grade", "kind", "recognition", "operator_credit_code")}
    assert told == {
        "name": "大畈镇竹木精深加工项目",
        "number": "XN421224-XM-2026-0001",
        "grade": "county",
        "kind": "returnee",
        "recognition": "returnee-project",
        "operator_credit_code": firm.code,
    }
    assert (entry["recognised_on"], entry["valid_to"]) == (date(2026, 6, 16), LAST_DAY)
    assert register_queries.source_label("project", certificate.member_id, "recognition") == "认定决定"
    assert list(checks.findings()) == []


def test_what_it_is_recognised_as_follows_and_ends_with_the_membership(at: Clock) -> None:
    firm = firms.a_firm()
    assert facts_on(firm, date(2026, 6, 8)) == ()
    recognising.recognised(firm, at)
    assert facts_on(firm, date(2026, 6, 15)) == ()
    assert facts_on(firm, date(2026, 6, 16)) == ("returnee-project",)
    assert facts_on(firm, LAST_DAY) == ("returnee-project",)
    assert facts_on(firm, date(2029, 6, 16)) == ()


def test_township_and_experts_are_asked_and_one_no_stops_it() -> None:
    case = actions.accept_case(people.as_actor("zhoumin"), case=recognising.submitted(firms.a_firm()))
    asked = {one.check_id: one for one in CaseCheck.objects.filter(case=case)}
    assert {name: one.unit.code for name, one in asked.items()} == {
        "site": "421224107-government",
        "expert": "421224-investment-promotion",
    }
    actions.record_check(people.as_actor("townchecker"), check=asked["site"], result="true")
    actions.record_check(people.as_actor("pengyue"), check=asked["expert"], result="differs", note="评审组不同意")
    case.refresh_from_db()
    with pytest.raises(Refused, match="有核验或评审没有通过"):
        actions.pass_review(people.as_actor("zhengwei"), case=case)
    refused = actions.refuse_case(people.as_actor("zhengwei"), case=case, reason="评审组不同意认定。")
    assert refused.state_label == "不予认定"
    assert Message.objects.filter(case=case).order_by("-id")[0].title == "不予认定"


def test_municipal_ones_are_the_city_bureaus_with_the_county_recommending(at: Clock) -> None:
    case = recognising.submitted(firms.a_firm(), PARK)
    assert case.unit.code == "4212-human-resources"
    accepted = actions.accept_case(people.as_actor("guping"), case=case)
    units = dict(CaseCheck.objects.filter(case=accepted).values_list("check_id", "unit__code"))
    assert units == {
        "site": "421224107-government",
        "recommend": "421224-human-resources",
        "expert": "4212-investment-promotion",
    }


def test_the_county_does_not_decide_what_is_the_citys(at: Clock) -> None:
    batch = recognising.after_notice(recognising.noticed(recognising.approved(firms.a_firm(), PARK)), at, "2026-06-16")
    with pytest.raises((NotAllowed, NotFound)):
        actions.enrol_batch(people.as_actor("xurong"), batch=batch)
    assert recognising.decided(batch).state == "settled"


def test_the_notice_names_what_is_to_be_recognised_and_no_money(at: Clock) -> None:
    firm = firms.a_firm()
    recognising.noticed(recognising.approved(firm))
    notice = Notice.objects.get()
    cells = dict(zip(notice.columns, notice_queries.rows_of(notice)[0].cells, strict=True))
    assert (cells["认定对象"], cells["单位"], cells["法定代表人"]) == ("大畈镇竹木精深加工项目", firm.name, "刘*燕")
    assert notice.title.endswith("返乡创业项目拟认定名单的公示")
    assert (notice.verb, notice.has_money) == ("认定为返乡创业项目", False)
    assert notice.basis.startswith("《咸宁市大力推进外出务工人员返乡创业工作实施方案》")


def test_nobody_is_recognised_before_the_notice_is_over_nor_with_an_open_objection(at: Clock) -> None:
    first, second = firms.a_firm(), firms.a_firm(2, owner="张晓明")
    one, two = recognising.approved(first), recognising.approved(second)
    batch = recognising.noticed(one, two)
    with pytest.raises(Refused, match="公示要期满，异议要办完"):
        recognising.decided(batch)
    actions.hold_line(people.as_actor("zhengwei"), case=two, reason="收到异议")
    batch = recognising.after_notice(batch, at, "2026-06-16")
    batch = recognising.decided(batch)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state, batch.state) == ("recognised", "held", "deciding")
    actions.release_line(people.as_actor("zhengwei"), case=two, reason="不成立")
    actions.clear_batch(people.as_actor("zhengwei"), batch=batch)
    assert recognising.decided(batch).state == "settled"
    assert Certificate.objects.count() == 2


def test_who_summed_up_or_rechecked_does_not_decide(at: Clock) -> None:
    batch = recognising.after_notice(recognising.noticed(recognising.approved(firms.a_firm())), at, "2026-06-16")
    for one in ("huanglei", "wuqiang"):
        with pytest.raises(Refused, match="必须由另一人办理"):
            actions.enrol_batch(people.with_powers_of(one, "xurong"), batch=batch)


def test_a_park_that_stands_in_the_register_already_is_not_entered_twice(at: Clock) -> None:
    firm = firms.a_firm()
    there = registers.record(
        SYSTEM,
        register="carrier",
        values={
            "name": "通山县大畈返乡创业园",
            "kind": "park",
            "region": people.VILLAGE,
            "built_on": date(2025, 9, 1),
            "operator_name": firm.name,
            "operator_credit_code": firm.code,
        },
        source="shared",
    )
    case = recognising.recognised(firm, at, PARK)
    assert case.certificate.member_id == there


def test_it_is_renewed_from_ninety_days_before_its_end_on(at: Clock) -> None:
    firm = firms.a_firm()
    first = recognising.recognised(firm, at)
    with pytest.raises(Refused, match="编号XN421224-XM-2026-0001，有效期到2029年6月15日。2029年3月17日起可以申请续期"):
        recognising.submitted(firm)
    end_it_soon(first, date(2026, 7, 10))
    second = recognising.approved(firm)
    recognising.decided(recognising.after_notice(recognising.noticed(second), at, "2026-06-25"))
    old, new = Certificate.objects.order_by("id")
    assert (new.member_id, new.number, new.renews) == (old.member_id, old.number, old)
    assert new.valid_to == date(2029, 7, 10)
    assert facts_on(firm, date(2029, 7, 10)) == ("returnee-project",)


def end_it_soon(case: object, day: date) -> None:
    """The bureau finds that it ends earlier."""
    certificate = Certificate.objects.get(case=case)
    registers.record(
        SYSTEM,
        register="project",
        values={"valid_to": day},
        source="decision",
        subject_id=certificate.member_id,
    )


def test_two_requests_for_the_same_do_not_run_beside_each_other() -> None:
    firm = firms.a_firm()
    recognising.submitted(firm)
    with pytest.raises(Refused, match="办完以前不用再申请"):
        recognising.submitted(firm)


def test_the_applicant_is_told_once_when_it_may_be_renewed(at: Clock) -> None:
    case = recognising.recognised(firms.a_firm(), at)
    for moment in (datetime(2029, 3, 16, 9), datetime(2029, 3, 17, 9), datetime(2029, 3, 18, 9)):
        tasks.remind_of_expiry(moment)
        told = Message.objects.filter(case=case, kind="expiring").count()
        assert told == (moment.day > 16)


def test_anybody_can_check_a_certificate_and_nobody_can_make_one_up(at: Clock) -> None:
    case = recognising.recognised(firms.a_firm(), at)
    certificate = queries.certificate_for(people.as_actor("zhoumin"), case)
    token = queries.certificate_token(certificate)
    found = queries.public_certificate(token)
    assert (found.words, found.member, found.valid_to) == ("有效", "大畈镇竹木精深加工项目", LAST_DAY)
    for wrong in ("x", f"{token}x", "XN421224-XM-2026-0001"):
        with pytest.raises(NotFound):
            queries.public_certificate(wrong)
    at("2029-06-16 09:00")
    assert queries.public_certificate(token).words == "已到期"


def test_a_certificate_of_what_the_register_no_longer_has_is_not_valid(at: Clock) -> None:
    case = recognising.recognised(firms.a_firm(), at)
    token = queries.certificate_token(case.certificate)
    end_it_soon(case, date(2026, 6, 10))
    assert queries.public_certificate(token).words == "已到期"


def test_a_certificate_is_shown_to_its_applicant_and_to_no_other_resident(at: Clock) -> None:
    firm = firms.a_firm()
    case = recognising.recognised(firm, at)
    assert queries.certificate_for(firm.owner.actor, case).number
    stranger = people.a_returnee(3, name="王二", firms=0)
    with pytest.raises(NotFound):
        queries.certificate_for(stranger.actor, case)


def test_the_walls_keep_certificates_from_those_elsewhere(at: Clock) -> None:
    firm = firms.a_firm()
    recognising.recognised(firm, at)
    seen = {}
    for name, actor in {"owner": firm.owner.actor, "county": people.as_actor("zhoumin")}.items():
        with entered(scope_of(actor)):
            seen[name] = Certificate.objects.count()
    with entered(scope_of(people.as_actor("caoyun"))):
        seen["elsewhere"] = Certificate.objects.count()
    assert seen == {"owner": 1, "county": 1, "elsewhere": 0}


def test_recognised_then_member_then_award_paid_once_and_never_again_over_renewal(at: Clock) -> None:
    firm = firms.a_firm()
    firms.with_budget()
    first = recognising.recognised(firm, at)
    award = firms.approved(firm)
    batch = people.signed(award)
    from guiyan.notices import actions as notices

    notices.publish_batch_notice(SYSTEM, batch=batch)
    recognising.after_notice(batch, at, "2026-06-29")
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    award.refresh_from_db()
    actions.payment.payment_made(award)
    award.refresh_from_db()
    assert (award.state, award.amount_fen) == ("closed", 5_000_000)
    end_it_soon(first, date(2026, 7, 10))
    second = recognising.approved(firm)
    recognising.decided(recognising.after_notice(recognising.noticed(second), at, "2026-07-08"))
    assert Certificate.objects.count() == 2
    with pytest.raises(Refused, match="同一单位只能享受一次"):
        firms.a_draft(firm)
    assert ledger.entitlements_of(firm.subject_id).count() == 1
    assert list(checks.findings()) == []


def test_the_reviewer_decides_within_the_range_and_says_why(at: Clock) -> None:
    firm = firms.a_firm()
    firms.recognised(firm, register="carrier", code="incubator-municipal", kind="incubator", grade="municipal")
    firms.with_budget("incubator-award")
    case = firms.checked(firms.submitted(firm, "incubator-award"))
    reviewer = people.as_actor("zhengwei")
    assert (case.amount_fen, actions.amount_range(case)) == (0, (10_000_000, 20_000_000))
    for amount, words in ((None, "请在10万元到20万元之间"), (9_999_999, "请在10万元"), (20_000_001, "请在10万元")):
        with pytest.raises(Refused, match=words):
            actions.pass_review(reviewer, case=case, amount_fen=amount, opinion="入驻20家")
    with pytest.raises(Refused, match="为什么定这个金额"):
        actions.pass_review(reviewer, case=case, amount_fen=15_000_000)
    passed = actions.pass_review(reviewer, case=case, amount_fen=15_000_000, opinion="入驻20家，带动180人")
    assert passed.amount_fen == 15_000_000
    assert people.signed(passed).total_fen == 15_000_000


def test_a_fixed_award_is_not_the_reviewers_to_change() -> None:
    firm = firms.a_firm()
    firms.recognised(firm, register="carrier", code="returnee-park-municipal", kind="park", grade="municipal")
    firms.with_budget("returnee-park-award")
    case = firms.checked(firms.submitted(firm, "returnee-park-award"))
    with pytest.raises(Refused, match="固定的20万元"):
        actions.pass_review(people.as_actor("zhengwei"), case=case, amount_fen=1, opinion="少一点")
    assert actions.pass_review(people.as_actor("zhengwei"), case=case).amount_fen == 20_000_000
