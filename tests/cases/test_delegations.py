"""委托受理 and 授权办理: what a township may do for the bureau, in whose name, and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.accounts.models import Grant, Post, Unit
from guiyan.cases import actions, queries
from guiyan.cases.actions.delegating import give_back_expired
from guiyan.cases.models import Case, Delegation, WrittenDecision
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.packs import Pack
from tests.cases import people

Clock = Callable[[str], object]
TOWN, BUREAU = "421224107-government", "421224-human-resources"


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def delegated(kind: str = "entrusted", *, by: str = "xurong", until: date = date(2026, 12, 31)) -> Delegation:
    return actions.give_delegation(
        people.as_actor(by),
        kind=kind,
        principal=Unit.objects.get(code=BUREAU),
        agent=Unit.objects.get(code=TOWN),
        items=[people.ITEM],
        document="示例委托书〔2026〕1号",
        valid_from=date(2026, 6, 8),
        valid_to=until,
        name="委托书.pdf",
        content=people.PAPER,
    )


def in_work_of(username: str, case: Case) -> bool:
    return any(row.key == case.number for row in queries.work_for(people.as_actor(username)))


def test_a_township_accepts_only_under_a_delegation_and_the_bureau_s_name_is_said() -> None:
    case = people.submitted(people.a_returnee())
    town = people.as_actor("tanming")
    with pytest.raises(Refused, match="没有委托您的单位办理"):
        actions.accept_case(town, case=case)
    assert not in_work_of("tanming", case) and in_work_of("zhoumin", case)
    row = delegated()
    assert in_work_of("tanming", case) and not in_work_of("zhoumin", case)
    done = actions.accept_case(town, case=case)
    assert (done.state, done.accepted_under_id, done.unit.code) == ("checking", row.pk, BUREAU)
    told = done.messages.get(kind="accepted")
    assert "大畈镇人民政府受通山县人力资源和社会保障局委托" in told.body


def test_a_refusal_under_a_delegation_goes_out_in_the_bureau_s_name_and_says_so() -> None:
    delegated()
    case = people.submitted(people.a_returnee())
    actions.refuse_acceptance(people.as_actor("tanming"), case=case, reason="不属于本县登记")
    decision = WrittenDecision.objects.get(case=case)
    assert decision.unit.code == BUREAU and "受通山县人力资源和社会保障局委托" in decision.under


def test_the_delegation_ends_with_acceptance_and_at_the_town_s_border() -> None:
    delegated()
    case = people.submitted(people.a_returnee(2, region=421224100201))
    with pytest.raises((NotFound, NotAllowed)):
        actions.accept_case(people.as_actor("tanming"), case=case)
    other = people.submitted(people.a_returnee(3))
    assert actions.accept_case(people.as_actor("zhoumin"), case=other).state == "checking"  # the bureau always may


def test_an_ended_delegation_gives_the_case_back_and_refuses_in_plain_words() -> None:
    row = delegated()
    case = people.submitted(people.a_returnee())
    with pytest.raises(NotAllowed):
        actions.end_delegation(people.as_actor("tanming"), delegation=row, reason="试一试")
    actions.end_delegation(people.as_actor("yuhong"), delegation=row, reason="人手不够")
    assert in_work_of("zhoumin", case) and not in_work_of("tanming", case)
    with pytest.raises(Refused, match="委托受理已在2026年6月8日终止，这件由通山县人社局办理"):
        actions.accept_case(people.as_actor("tanming"), case=case)
    assert any("退回通山县人社局办理" in line["title"] for line in queries.log_lines(case))
    assert Case.objects.get(pk=case.pk).state == "submitted"


def test_a_delegation_that_runs_out_gives_back_once(at: Clock) -> None:
    delegated(until=date(2026, 6, 9))
    case = people.submitted(people.a_returnee())
    at("2026-06-10 09:00")
    give_back_expired(date(2026, 6, 10))
    give_back_expired(date(2026, 6, 10))
    assert sum("退回" in line["title"] for line in queries.log_lines(case)) == 1
    with pytest.raises(Refused, match="到期"):
        actions.accept_case(people.as_actor("tanming"), case=case)


def test_only_the_bureau_s_head_delegates_and_only_what_the_item_allows() -> None:
    for username in ("zhoumin", "yuhong", "tanming"):
        with pytest.raises(NotAllowed):
            delegated(by=username)
    with pytest.raises(Refused, match="没有规定可以授权乡镇办理"):
        delegated("authorised")
    delegated()
    with pytest.raises(Refused, match="还没有结束"):
        delegated()
    assert Delegation.objects.count() == 1


def test_an_authorised_township_decides_in_its_own_name_where_the_item_allows_it() -> None:
    content = releases.current().model_dump(mode="json", by_alias=True)
    content["items"][people.ITEM]["towns"]["authorise"] = True
    releases.apply(SYSTEM, Pack.model_validate(content))
    delegated("authorised")
    post = Post.objects.get(user__username="yuhong")
    Grant.objects.create(post=post, role="reviewer", regions=[people.TOWN])
    case = people.submitted(people.a_returnee())
    case = actions.accept_case(people.as_actor("tanming"), case=case)
    for check in case.checks.all():
        people.answer(check)
    case.refresh_from_db()
    actions.refuse_case(people.as_actor("yuhong"), case=case, reason="没有返乡经历")
    decision = WrittenDecision.objects.get(case=case)
    assert decision.unit.code == TOWN and "以自己的名义" in decision.under
