"""One form starts several items (一件事): what is shared is asked once; sent all or none; each runs by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiyan.cases import actions, answers, choosing, queries, together
from guiyan.cases.models import Case, CaseMaterial, Joint
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotFound, Refused
from guiyan.packs import Pack
from tests.cases import people

BUNDLE, SUBSIDY, GRADUATE = "start-a-business", "startup-subsidy", "graduate-startup-subsidy"
BOTH = (SUBSIDY, GRADUATE)
GRADUATED = {
    "is_graduate": "true",
    "school": "湖北科技学院",
    "graduation_date": "2024-06-20",
    "jobs_led_excluding_founder": "3",
}
ALL = {**people.ANSWERS, **GRADUATED}


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    people.bring_in(tmp_path, "paid-graduates", [])


def begun(person: people.Person, *items: str, by: Actor | None = None, entry: str = "self") -> Joint:
    return actions.open_joint(
        by or person.actor, bundle=BUNDLE, subject_id=person.subject_id, entry=entry, chosen=items or BOTH
    )


def filled(person: people.Person, *items: str, by: Actor | None = None, entry: str = "self") -> Joint:
    actor, joint = by or person.actor, begun(person, *items, by=by, entry=entry)
    joint = actions.save_joint(actor, joint=joint, values=ALL)
    for name in ("id_card", "account"):
        actions.add_joint_material(actor, joint=joint, material=name, name=f"{name}.pdf", content=people.PAPER)
    return joint


def sent(person: people.Person, joint: Joint, by: Actor | None = None) -> Joint:
    return actions.submit_joint(by or person.actor, joint=joint, token=joint.submission_token)


def test_what_is_typed_once_stands_in_each_request_and_a_paper_is_kept_once() -> None:
    joint = filled(people.a_returnee())
    cases = Case.objects.filter(joint=joint)
    assert {case.item for case in cases} == set(BOTH)
    for case in cases:
        assert answers.answers_of(case)["account_number"] == people.ANSWERS["account_number"]
    assert "school" not in answers.answers_of(cases.get(item=SUBSIDY))
    assert CaseMaterial.objects.filter(material="id_card").values("file_id").distinct().count() == 1
    assert CaseMaterial.objects.filter(material="id_card").count() == 2


def test_each_request_has_its_own_number_form_and_clock_and_they_share_one() -> None:
    person = people.a_returnee()
    joint = sent(person, filled(person))
    cases = queries.cases_of_joint(joint)
    assert joint.number == "XN421224-2026-Y000001"
    assert [(case.item, case.state, case.form) for case in cases] == [
        (SUBSIDY, "submitted", SUBSIDY),
        (GRADUATE, "submitted", GRADUATE),
    ]
    assert len({case.number for case in cases}) == 2 and all(case.due_on == date(2026, 6, 11) for case in cases)
    assert all(case.green for case in cases)
    accepted = actions.accept_case(people.as_actor("zhoumin"), case=cases[0])
    assert accepted.state == "checking" and Case.objects.get(pk=cases[1].pk).state == "submitted"


def test_a_second_click_and_a_second_tab_give_the_same_requests() -> None:
    person = people.a_returnee()
    joint = filled(person)
    first, second = sent(person, joint), sent(person, joint)
    assert first.number == second.number and Case.objects.exclude(number="").count() == 2
    assert begun(people.a_returnee(2)).pk != joint.pk


def test_beginning_twice_goes_on_with_the_same_draft() -> None:
    person = people.a_returnee()
    one = begun(person, SUBSIDY)
    two = begun(person, GRADUATE)
    assert (two.pk, two.chosen) == (one.pk, list(BOTH))
    assert Case.objects.count() == 2


def test_all_or_nothing_when_something_is_missing() -> None:
    person = people.a_returnee()
    joint = begun(person)
    actions.save_joint(person.actor, joint=joint, values={**ALL, "school": "", "account_bank": ""})
    with pytest.raises(Refused, match="请填写开户银行") as refused:
        sent(person, joint)
    assert "请填写毕业学校" in refused.value.message and refused.value.message.count("请交身份证") == 1
    assert not Case.objects.exclude(number="").exists() and Joint.objects.get().number == ""


def test_an_item_applied_for_meanwhile_is_named_and_the_others_can_go_on() -> None:
    person = people.a_returnee()
    joint = filled(person)
    first = people.submitted(person)
    with pytest.raises(Refused, match=f"{first.number}.*去掉“一次性创业补贴申领”，再提交"):
        sent(person, joint)
    assert Case.objects.exclude(number="").get() == first
    by_item = {one.item.id: one for one in choosing.choices(joint)}
    assert first.number in by_item[SUBSIDY].why_not and by_item[GRADUATE].open
    joint = sent(person, actions.choose_items(person.actor, joint=joint, chosen=[GRADUATE]))
    assert [case.item for case in queries.cases_of_joint(joint)] == [GRADUATE]
    assert Case.objects.get(joint=joint, item=SUBSIDY).state == "withdrawn"


def test_what_was_applied_for_before_cannot_be_chosen() -> None:
    person = people.a_returnee()
    first = people.submitted(person)
    with pytest.raises(Refused, match=first.number):
        begun(person)
    assert not Joint.objects.exists()
    assert begun(person, GRADUATE).chosen == [GRADUATE]


def test_what_is_clearly_not_for_her_is_not_offered() -> None:
    person = people.a_returnee()
    joint = begun(person)
    actions.save_joint(person.actor, joint=joint, values={**ALL, "is_graduate": "false"})
    assert together.offered(joint, GRADUATE) is False
    with pytest.raises(Refused, match="“高校毕业生一次性创业补贴申领”不适用"):
        sent(person, joint)
    with pytest.raises(Refused, match="不适用"):
        actions.choose_items(person.actor, joint=joint, chosen=BOTH)
    with pytest.raises(Refused, match="至少选一件"):
        actions.choose_items(person.actor, joint=joint, chosen=["no-such-item"])


def test_what_was_left_out_is_kept_and_comes_back_when_chosen_again() -> None:
    person = people.a_returnee()
    joint = filled(person)
    joint = actions.choose_items(person.actor, joint=joint, chosen=[SUBSIDY])
    actions.save_joint(person.actor, joint=joint, values={"account_bank": "农业银行通山支行"})
    joint = actions.choose_items(person.actor, joint=joint, chosen=BOTH)
    graduate = Case.objects.get(item=GRADUATE)
    assert answers.answers_of(graduate)["school"] == "湖北科技学院"
    assert answers.answers_of(graduate)["account_bank"] == "农业银行通山支行"
    assert Case.objects.count() == 2


def test_an_item_chosen_later_has_what_was_typed_for_the_others_and_their_papers() -> None:
    person = people.a_returnee()
    joint = filled(person, SUBSIDY)
    actions.choose_items(person.actor, joint=joint, chosen=BOTH)
    graduate = Case.objects.get(item=GRADUATE)
    assert answers.answers_of(graduate)["account_number"] == people.ANSWERS["account_number"]
    assert set(graduate.materials.values_list("material", flat=True)) == {"id_card", "account"}


def test_a_draft_begun_alone_is_taken_over() -> None:
    person = people.a_returnee()
    people.a_draft(person)
    begun(person)
    case = Case.objects.get(joint__isnull=False, item=SUBSIDY)
    assert answers.answers_of(case)["returned_from"] == "广东省深圳市"
    assert set(case.materials.values_list("material", flat=True)) == {"id_card", "account"}


def test_a_paper_taken_out_is_out_of_all_of_them() -> None:
    person = people.a_returnee()
    joint = filled(person)
    row = CaseMaterial.objects.filter(material="account")[0]
    actions.remove_joint_material(person.actor, joint=joint, row=row)
    assert not CaseMaterial.objects.filter(material="account", replaced_at=None).exists()


def test_a_draft_outlives_a_new_release_and_keeps_its_own() -> None:
    person = people.a_returnee()
    joint = filled(person, SUBSIDY)
    content = releases.current().model_dump(mode="json", by_alias=True)
    del content["bundles"][BUNDLE]
    content["forms"][GRADUATE]["fields"]["school"]["label"] = "毕业院校"
    releases.apply(SYSTEM, Pack.model_validate(content))
    joint = actions.choose_items(person.actor, joint=joint, chosen=BOTH)
    actions.save_joint(person.actor, joint=joint, values=ALL)
    assert {case.release for case in Case.objects.all()} == {joint.release}
    assert sent(person, joint).number
    with pytest.raises(NotFound):
        begun(people.a_returnee(2))


def test_a_part_is_neither_sent_nor_given_up_alone() -> None:
    person = people.a_returnee()
    filled(person)
    case = Case.objects.get(item=SUBSIDY)
    with pytest.raises(Refused, match="在那里一起提交"):
        actions.submit_case(person.actor, case=case, token=case.submission_token)
    with pytest.raises(Refused, match="在那里一起提交"):
        actions.withdraw_case(person.actor, case=case)
    alone = actions.open_draft(person.actor, item=SUBSIDY, subject_id=person.subject_id, entry="self")
    assert alone.pk != case.pk


def test_what_was_changed_after_looking_it_over_is_not_sent() -> None:
    person = people.a_returnee()
    joint = filled(person)
    mark = together.mark_of(together.parts_of(joint))
    actions.save_joint(person.actor, joint=joint, values={"school": "武汉大学"})
    with pytest.raises(Refused, match="核对以后草稿又改过"):
        actions.submit_joint(person.actor, joint=joint, token=joint.submission_token, confirmed=mark)
    with pytest.raises(Refused, match="已经过期"):
        actions.submit_joint(person.actor, joint=joint, token="old")


def test_given_up_all_are_withdrawn_and_nothing_stands_in_the_way() -> None:
    person = people.a_returnee()
    joint = filled(person)
    actions.drop_joint(person.actor, joint=joint)
    assert set(Case.objects.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(Refused, match="不能再改"):
        actions.save_joint(person.actor, joint=joint, values=ALL)
    assert begun(person).pk != joint.pk


def test_nobody_else_writes_or_sends_it() -> None:
    person, other = people.a_returnee(), people.a_returnee(2)
    joint = filled(person)
    for act in (
        lambda: actions.save_joint(other.actor, joint=joint, values=ALL),
        lambda: actions.submit_joint(other.actor, joint=joint, token=joint.submission_token),
        lambda: actions.drop_joint(other.actor, joint=joint),
        lambda: queries.joint_draft(other.actor, joint.pk),
        lambda: begun(person, by=other.actor),
    ):
        with pytest.raises(NotFound):
            act()


def test_at_the_counter_it_is_entered_for_her() -> None:
    person, clerk = people.a_returnee(), people.as_actor("chenjing")
    joint = sent(person, filled(person, by=clerk, entry="counter"), by=clerk)
    cases = queries.cases_of_joint(joint)
    assert {(case.entry, case.entered_by_label) for case in cases} == {("counter", "陈静")}
    assert [one.pk for one in queries.siblings_of(clerk, cases[0])] == [cases[1].pk]


def test_one_mandate_for_the_whole_lets_a_helper_do_it() -> None:
    person, helper = people.a_returnee(), people.as_actor("lihuifang")
    with pytest.raises(Refused, match="没有这位居民的委托书"):
        begun(person, by=helper, entry="helper")
    mandate = actions.give_mandate(
        helper,
        subject_id=person.subject_id,
        item=BUNDLE,
        valid_to=date(2026, 6, 30),
        name="委托书.pdf",
        content=people.PAPER,
    )
    with pytest.raises(Refused, match="还没有经本人确认"):
        begun(person, by=helper, entry="helper")
    actions.confirm_mandate(person.actor, mandate=mandate)
    joint = sent(person, filled(person, by=helper, entry="helper"), by=helper)
    assert {case.mandate_id for case in queries.cases_of_joint(joint)} == {mandate.pk}


def test_one_code_shows_how_far_all_of_them_are_and_no_name() -> None:
    person = people.a_returnee()
    joint = sent(person, filled(person))
    found = queries.joint_progress(queries.joint_token(joint))
    assert found is not None and [one.title for one in found.parts] == [
        "一次性创业补贴申领",
        "高校毕业生一次性创业补贴申领",
    ]
    assert found.applicant_masked == "刘*燕"
    assert queries.joint_progress_by_number(joint.number, "刘春燕") == found
    assert queries.joint_progress_by_number(joint.number, "刘春") is None
    assert queries.joint_progress("made-up") is None


def test_saving_costs_the_same_however_much_is_typed_and_each_step_is_on_record() -> None:
    person = people.a_returnee()
    joint = filled(person)
    with CaptureQueriesContext(connection) as few:
        actions.save_joint(person.actor, joint=joint, values={"school": "武汉大学"})
    with CaptureQueriesContext(connection) as many:
        actions.save_joint(person.actor, joint=joint, values={**ALL, "school": "华中师范大学"})
    assert len(many) <= len(few) + 1
    sent(person, joint)
    recorded = set(AuditEntry.objects.filter(target=joint.ref).values_list("action", flat=True))
    assert {"joint.open", "joint.submit"} <= recorded


def test_officers_find_them_on_top_and_what_is_late_before_them(at: Callable[[str], object]) -> None:
    usual = people.submitted(people.a_returnee(2))
    person = people.a_returnee()
    joint = sent(person, filled(person))
    together_made = [case.number for case in queries.cases_of_joint(joint)]
    rows = queries.work_for(people.as_actor("zhoumin"))
    assert [row.key for row in rows] == [*together_made, usual.number]
    assert [row.green for row in rows] == [True, True, False]
    at("2026-06-12 09:00")
    later = people.a_returnee(3)
    newer = sent(later, filled(later, SUBSIDY))
    rows = queries.work_for(people.as_actor("zhoumin"))
    assert rows[-1].key == queries.cases_of_joint(newer)[0].number and rows[0].light.state == "late"


def test_a_clerk_s_drafts_of_one_form_are_one_thing_to_do() -> None:
    clerk = people.as_actor("chenjing")
    begun(people.a_returnee(), by=clerk, entry="counter")
    rows = [row for row in queries.work_for(clerk) if row.kind == "draft"]
    assert [(row.title, row.todo) for row in rows] == [("创业一件事", "继续填写")]
