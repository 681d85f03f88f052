"""规则台 through the web: the list, the history of a measure, and a change from who wrote it to who agrees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiyan.desk.rules.content import last_version
from guiyan.desk.todos import gather
from guiyan.policies import queries
from guiyan.policies.models import RuleProposal
from tests.outreach import stage as outreach
from tests.policies import stage
from tests.policies.stage import SUBSIDY

pytestmark = pytest.mark.usefixtures("scoped_db")
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def day(at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")
    outreach.in_force(SUBSIDY)


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def now(proposal: RuleProposal) -> RuleProposal:
    return RuleProposal.objects.get(pk=proposal.pk)


def test_the_list_says_how_each_rule_stands(client_as: As) -> None:
    stage.proposed(stage.raised())
    stage.new_measure("双人求职补贴")
    page = text_of(client_as("helin"), "/desk/rules/")
    assert page.index("双人求职补贴") > page.index("一次性创业补贴") and "待审批" in page and "新措施" in page
    waiting = text_of(client_as("yemin"), "/desk/rules/?state=proposed")
    assert "一次性创业补贴" in waiting and "双人求职补贴" not in waiting
    assert "双人求职补贴" in text_of(client_as("yemin"), "/desk/rules/?state=draft&q=求职")
    assert "没有符合条件的措施" in text_of(client_as("yemin"), "/desk/rules/?state=draft&q=没有的")
    assert "市级创业孵化基地奖补" not in text_of(client_as("yemin"), "/desk/rules/?for=person")
    assert client_as("zhoumin").get("/desk/rules/").status_code == 403


def test_a_change_is_begun_once_however_often_it_is_clicked(client_as: As) -> None:
    helin = client_as("helin")
    first = helin.post(f"/desk/rules/measures/{SUBSIDY}/change/")
    again = helin.post(f"/desk/rules/measures/{SUBSIDY}/change/")
    assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
    assert "有一次修改正在进行" in text_of(helin, f"/desk/rules/measures/{SUBSIDY}/")


def test_a_new_measure_takes_another_as_its_pattern(client_as: As) -> None:
    helin = client_as("helin")
    assert helin.post("/desk/rules/new/", {"title": "", "pattern": ""}).status_code == 422
    answer = helin.post("/desk/rules/new/", {"title": "青年返乡创业补贴", "pattern": SUBSIDY, "kind": "person"})
    proposal = RuleProposal.objects.get(title="青年返乡创业补贴")
    assert answer["Location"].endswith(f"/desk/rules/{proposal.pk}/edit/")
    version = last_version(proposal.content)
    assert list(version["conditions"]) == ["returnee", "first_time"] and version["from"] == "2026-06-08"
    assert proposal.item_like == SUBSIDY and proposal.content["item"] == proposal.measure_id
    assert {case["on"] for case in proposal.cases} == {"2026-06-08"}
    assert not any(SUBSIDY in str(case) for case in proposal.cases)
    found = queries.checked(proposal)
    assert all(case.holds for case in found.cases) and [one.path for one in found.problems] == [("clause",)]


def test_proposing_shows_the_difference_and_asks(client_as: As) -> None:
    helin, proposal = client_as("helin"), stage.raised()
    page = text_of(helin, f"/desk/rules/{proposal.pk}/propose/")
    assert "<del>补贴，5,000元</del>" in page and "<ins>补贴，6,000元</ins>" in page
    answer = helin.post(f"/desk/rules/{proposal.pk}/propose/", {"seen": now(proposal).version})
    assert answer.status_code == 302 and now(proposal).state == "proposed"


def test_what_is_wrong_is_not_put_up(client_as: As) -> None:
    helin, proposal = client_as("helin"), stage.saved(stage.begun(), stage.amount("五千"), stage.CASE)
    assert "还有地方不对" in text_of(helin, f"/desk/rules/{proposal.pk}/propose/")
    answer = helin.post(f"/desk/rules/{proposal.pk}/propose/", {"seen": now(proposal).version})
    assert answer.status_code == 409 and now(proposal).state == "draft"


def test_another_person_approves_and_the_history_says_who(client_as: As) -> None:
    proposal = stage.proposed(stage.raised())
    yemin = client_as("yemin")
    assert "批准" in text_of(yemin, f"/desk/rules/{proposal.pk}/")
    assert "6,000元" in text_of(yemin, f"/desk/rules/{proposal.pk}/approve/")
    answer = yemin.post(f"/desk/rules/{proposal.pk}/approve/", {"seen": now(proposal).version})
    assert answer.status_code == 302 and now(proposal).state == "approved"
    page = text_of(yemin, f"/desk/rules/measures/{SUBSIDY}/")
    assert "还没到施行日" in page and "何琳" in page and "叶敏" in page and "批准" in page
    assert page.index("2026年6月9日") < page.index("2025年6月9日") and "amount_yuan: 6000" in page
    assert "2026年6月9日起改" in text_of(yemin, "/desk/rules/?state=coming")


def test_a_page_that_is_no_longer_what_was_seen_does_not_approve(client_as: As) -> None:
    proposal = stage.proposed(stage.raised())
    answer = client_as("yemin").post(f"/desk/rules/{proposal.pk}/approve/", {"seen": now(proposal).version - 1})
    assert answer.status_code == 409 and now(proposal).state == "proposed"


def test_it_is_given_back_with_a_reason_that_stands_in_the_officer_s_work(client_as: As) -> None:
    proposal = stage.proposed(stage.raised())
    assert [one.todo for one in gather(stage.yemin()) if one.title == "一次性创业补贴"] == ["审批规则"]
    yemin = client_as("yemin")
    assert yemin.post(f"/desk/rules/{proposal.pk}/return/", {"reason": " "}).status_code == 422
    assert yemin.post(f"/desk/rules/{proposal.pk}/return/", {"reason": "金额和文件不一样"}).status_code == 302
    assert not [one for one in gather(stage.yemin()) if one.todo == "审批规则"]
    (todo,) = [one for one in gather(stage.helin()) if one.todo == "修改规则"]
    assert todo.note == "金额和文件不一样"
    assert "金额和文件不一样" in text_of(client_as("helin"), todo.href)


def test_what_was_taken_back_stays_to_be_read(client_as: As) -> None:
    helin, proposal = client_as("helin"), stage.raised()
    assert "撤回以后不再审批" in text_of(helin, f"/desk/rules/{proposal.pk}/withdraw/")
    assert helin.post(f"/desk/rules/{proposal.pk}/withdraw/").status_code == 302
    assert "已撤回" in text_of(helin, f"/desk/rules/{proposal.pk}/")
    assert helin.post(f"/desk/rules/{proposal.pk}/withdraw/").status_code == 409


def test_whoever_drafted_does_not_approve(client_as: As) -> None:
    proposal = stage.proposed(stage.raised())
    assert client_as("helin").get(f"/desk/rules/{proposal.pk}/approve/").status_code == 403
    assert client_as("helin").post(f"/desk/rules/{proposal.pk}/return/", {"reason": "x"}).status_code == 403
    assert "等另一名工作人员审批" in text_of(client_as("helin"), f"/desk/rules/{proposal.pk}/")


def test_a_measure_that_is_not_there_is_not_found(client_as: As) -> None:
    assert client_as("helin").get("/desk/rules/measures/none/").status_code == 404
    assert client_as("helin").post("/desk/rules/measures/none/change/").status_code == 404
    assert client_as("helin").get("/desk/rules/999999/").status_code == 404
