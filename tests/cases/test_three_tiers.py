"""County, township, village: each sees its own area; what a township decides under 授权办理 it decides itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.accounts.models import Grant, Post, Unit
from guiyan.accounts.scope import scope_of
from guiyan.cases import actions, queries
from guiyan.cases.models import Case, Delegation, WrittenDecision
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import entered
from tests.cases import people

Clock = Callable[[str], object]
TOWN, BUREAU, GRADUATE = "421224107-government", "421224-human-resources", "graduate-startup-subsidy"
NEXT_VILLAGE, NEXT_TOWN, NEXT_COUNTY = 421224107205, 421224101201, 421223100001


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def authorised(until: date = date(2026, 12, 31)) -> Delegation:
    return actions.give_delegation(
        people.as_actor("xurong"),
        kind="authorised",
        principal=Unit.objects.get(code=BUREAU),
        agent=Unit.objects.get(code=TOWN),
        items=[GRADUATE],
        document="示例授权书〔2026〕2号",
        valid_from=date(2026, 6, 8),
        valid_to=until,
        name="授权书.pdf",
        content=people.PAPER,
    )


def a_graduate_applies(serial: int = 1) -> Case:
    person = people.a_returnee(serial)
    case = actions.open_draft(person.actor, item=GRADUATE, subject_id=person.subject_id, entry="self")
    values = {
        "is_graduate": "true",
        "school": "湖北科技学院",
        "graduation_date": "2024-06-20",
        "jobs_led_excluding_founder": "3",
        "account_bank": "通山农商银行大畈支行",
        "account_number": "6200000000000381",
    }
    case = actions.save_draft(person.actor, case=case, values=values)
    for material in ("id_card", "account"):
        actions.add_material(person.actor, case=case, material=material, name="p.pdf", content=people.PAPER)
    return actions.submit_case(person.actor, case=case, token=case.submission_token)


def checked(case: Case, by: str = "tanming") -> Case:
    case = actions.accept_case(people.as_actor(by), case=case)
    for check in case.checks.all():
        people.answer(check)
    case.refresh_from_db()
    return case


def in_work_of(username: str, case: Case) -> bool:
    return any(row.key == case.number for row in queries.work_for(people.as_actor(username)))


def sees(actor: Actor, case: Case) -> bool:
    """By its number, in the list, and behind the wall of the database itself."""
    with entered(scope_of(actor)):
        behind_the_wall = Case.objects.filter(pk=case.pk).exists()
        listed = case.pk in {one.pk for one in queries.cases_for(actor).rows}
        try:
            found = queries.case_by_number(actor, case.number).pk == case.pk
        except NotFound:
            found = False
    assert found == listed == behind_the_wall
    return found


def helper_of_one_village() -> Actor:
    Grant.objects.filter(post=Post.objects.get(user__username="lihuifang")).update(regions=[people.VILLAGE])
    return people.as_actor("lihuifang")


def test_the_pack_lets_a_township_decide_on_one_item_and_not_on_another() -> None:
    items = releases.current().items
    assert items[GRADUATE].towns is not None and items[GRADUATE].towns.authorise
    assert items[people.ITEM].towns is not None and not items[people.ITEM].towns.authorise
    with pytest.raises(Refused, match="没有规定可以授权乡镇办理"):
        actions.give_delegation(
            people.as_actor("xurong"),
            kind="authorised",
            principal=Unit.objects.get(code=BUREAU),
            agent=Unit.objects.get(code=TOWN),
            items=[people.ITEM],
            document="示例授权书〔2026〕3号",
            valid_from=date(2026, 6, 8),
            valid_to=date(2026, 12, 31),
            name="授权书.pdf",
            content=people.PAPER,
        )


def test_each_tier_sees_its_own_area_and_nothing_else() -> None:
    places = (people.VILLAGE, NEXT_VILLAGE, NEXT_TOWN, NEXT_COUNTY)
    cases = [people.submitted(people.a_returnee(serial, region=place)) for serial, place in enumerate(places, 1)]
    tiers = {
        "village": (helper_of_one_village(), [True, False, False, False]),
        "town": (people.as_actor("tanming"), [True, True, False, False]),
        "county": (people.as_actor("zhoumin"), [True, True, True, False]),
        "other county": (people.as_actor("caoyun"), [False, False, False, True]),
    }
    for tier, (actor, expected) in tiers.items():
        assert [sees(actor, case) for case in cases] == expected, tier


def test_a_helper_of_one_village_cannot_bring_a_mandate_from_the_next() -> None:
    helper, neighbour = helper_of_one_village(), people.a_returnee(2, region=NEXT_VILLAGE)
    with pytest.raises(NotFound):
        actions.give_mandate(
            helper,
            subject_id=neighbour.subject_id,
            item=people.ITEM,
            valid_to=date(2026, 6, 30),
            name="委托书.pdf",
            content=people.PAPER,
        )


def test_an_authorised_township_reviews_and_decides_and_the_bureau_s_list_is_free_of_it() -> None:
    authorised()
    case = checked(a_graduate_applies())
    assert case.state == "reviewing"
    assert in_work_of("yuhong", case) and not in_work_of("zhengwei", case)
    refused = actions.refuse_case(people.as_actor("yuhong"), case=case, reason="毕业证书查不到")
    decision = WrittenDecision.objects.get(case=case)
    assert (refused.state, decision.unit.code) == ("refused", TOWN)
    assert decision.appeal[0]["where"] == "通山县人民政府"
    assert "经授权以自己的名义办理" in decision.under and decision.number.startswith("大畈镇")


def test_without_the_authorisation_review_stays_with_the_bureau() -> None:
    case = checked(a_graduate_applies(), by="zhoumin")
    assert in_work_of("zhengwei", case) and not in_work_of("yuhong", case)
    with pytest.raises(Refused, match="没有委托您的单位办理"):
        actions.pass_review(people.as_actor("yuhong"), case=case)


def test_an_authorisation_that_ran_out_leaves_the_decision_to_the_bureau(at: Clock) -> None:
    authorised(until=date(2026, 6, 9))
    case = checked(a_graduate_applies())
    at("2026-06-10 09:00")
    assert in_work_of("zhengwei", case) and not in_work_of("yuhong", case)
    with pytest.raises(Refused, match="到期"):
        actions.pass_review(people.as_actor("yuhong"), case=case)


def test_whoever_accepted_in_the_township_does_not_decide_there_either() -> None:
    authorised()
    Grant.objects.create(post=Post.objects.get(user__username="tanming"), role="town-reviewer", regions=[people.TOWN])
    case = checked(a_graduate_applies())
    assert not in_work_of("tanming", case)
    with pytest.raises(Refused):
        actions.pass_review(people.as_actor("tanming"), case=case)
    assert Case.objects.get(pk=case.pk).state == "reviewing"


def test_money_stays_the_bureau_s() -> None:
    """What is delegated is acceptance and decision; a new account is confirmed by the bureau."""
    people.a_returnee(9)
    case = people.approved(people.a_returnee(1))
    for act in (actions.confirm_account, actions.close_case):
        with pytest.raises(Refused, match="这一步由通山县人社局办理"):
            act(people.as_actor("yuhong" if act is actions.confirm_account else "tanming"), case=case)
