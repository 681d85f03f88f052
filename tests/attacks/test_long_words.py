"""Somebody pastes a whole letter into a reason: it is kept, or refused in words; never a fault of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases import actions
from guiyan.cases.models import CaseCheck
from guiyan.kernel import jobs
from guiyan.kernel.actors import PUBLIC, SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.ledger import actions as ledger
from guiyan.ledger.models import PaymentRequest
from guiyan.notices import actions as notices
from guiyan.notices.models import Objection
from guiyan.plans import actions as plans
from guiyan.plans.models import Indicator, Instruction, SupervisionOrder
from tests.attacks.test_treasury_files import row, take
from tests.cases import people
from tests.plans.factories import published_plan

Clock = Callable[[str], object]
LETTER = "这是一封很长的信，" * 400


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def too_long(doing: Callable[[], object]) -> None:
    with pytest.raises(Refused, match="最多"):
        doing()


def test_long_reasons_on_the_way_to_review() -> None:
    case = people.submitted(people.a_returnee())
    officer, reviewer = people.as_actor("zhoumin"), people.as_actor("zhengwei")
    asked = {"case": case, "materials": ["id_card"], "due_on": date(2026, 6, 12)}
    too_long(lambda: actions.request_supplement(officer, message=LETTER, **asked))  # type: ignore[arg-type]
    too_long(lambda: actions.refuse_acceptance(officer, case=case, reason=LETTER))
    actions.request_supplement(officer, message="补" * 400, **asked)  # type: ignore[arg-type]
    person = people.FixedActor("user", case.applicant, 900_001, case.subject_id)
    actions.add_material(person, case=case, material="id_card", name="a.pdf", content=people.PAPER)
    actions.resubmit_case(person, case=case)
    case = actions.accept_case(officer, case=case, opinion=LETTER)
    check = CaseCheck.objects.filter(case=case)[0]
    too_long(lambda: people.answer(check, result="differs", note=LETTER))
    for one in CaseCheck.objects.filter(case=case):
        people.answer(one, result="differs", note="不" * 500)
    too_long(lambda: actions.suspend_case(reviewer, case=case, reason=LETTER))
    case = actions.suspend_case(reviewer, case=case, reason="核" * 300)
    case = actions.resume_case(reviewer, case=case, reason=LETTER)
    too_long(lambda: actions.refuse_case(reviewer, case=case, reason=LETTER))
    assert actions.refuse_case(reviewer, case=case, reason="因" * 400).state == "refused"


def test_long_words_from_the_notice_to_the_recovery(at: Clock) -> None:
    case = people.approved(people.a_returnee())
    rechecker, reviewer = people.as_actor("wuqiang"), people.as_actor("zhengwei")
    batch = actions.recheck_batch(rechecker, batch=people.a_batch(case), opinion=LETTER)
    batch = actions.return_batch(rechecker, batch=batch, reason=LETTER)
    batch = actions.sign_batch(people.as_actor("xurong"), batch=actions.recheck_batch(rechecker, batch=batch))
    notice = notices.publish_batch_notice(SYSTEM, batch=batch)

    def objecting(text: str, name: str) -> Objection:
        return notices.file_objection(PUBLIC, notice=notice, line_no=1, text=text, name=name, contact="某")

    too_long(lambda: objecting(LETTER, "某"))
    too_long(lambda: objecting("没有返乡", LETTER))
    objection = objecting("异" * 1000, "某")
    too_long(lambda: notices.decide_objection(reviewer, objection=objection, upheld=False, answer=LETTER))
    notices.decide_objection(reviewer, objection=objection, upheld=False, answer="已返乡")
    at("2026-06-16 09:00")
    jobs.run_pending()
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    request = PaymentRequest.objects.get()
    take(request, row(request))
    jobs.run_pending()
    case.refresh_from_db()
    too_long(lambda: actions.start_recovery(reviewer, case=case, amount_fen=5_000_00, reason=LETTER))
    actions.start_recovery(reviewer, case=case, amount_fen=5_000_00, reason="重" * 300)
    treasury = people.as_actor("sunli")
    too_long(lambda: ledger.record_recovery(treasury, case_ref=case.ref, amount_fen=5_000_00, receipt=LETTER))


def test_a_long_document_number_of_a_budget_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="最多"):
        ledger.set_budget(
            people.as_actor("sunli"),
            programme="startup-subsidy",
            region=people.COUNTY,
            amount_fen=100,
            source_doc=LETTER,
        )


def test_a_long_reason_for_taking_a_case_out_or_cancelling_a_batch() -> None:
    cases = [people.approved(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in (1, 2)]
    batch = people.a_batch(*cases)
    officer = people.as_actor("huanglei")
    too_long(lambda: actions.remove_from_batch(officer, batch=batch, case=cases[0], reason=LETTER))
    too_long(lambda: actions.cancel_batch(officer, batch=batch, reason=LETTER))
    actions.remove_from_batch(officer, batch=batch, case=cases[0], reason="移" * 300)
    assert actions.cancel_batch(officer, batch=batch, reason="消" * 300).state == "cancelled"


def test_a_second_click_on_an_instruction_starts_nothing_twice(actor: Callable[[str], Actor]) -> None:
    published_plan(actor("helin"))
    indicator = Indicator.objects.get(definition="new-returnee-businesses")
    written = [
        plans.write_instruction(
            actor("linzong"),
            text=text,
            unit_codes=["4212-human-resources"],
            place=421200000000,
            title="咸宁市新增返乡创业",
            indicator=indicator,
        )
        for text in ("请核实进度。", "请核实进度。", LETTER)
    ]
    assert written[0] == written[1]
    assert (Instruction.objects.count(), SupervisionOrder.objects.count()) == (2, 2)
