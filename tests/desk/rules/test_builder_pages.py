"""规则台 through the web, as an officer drafts: what is drawn, what each change keeps, what is said at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guiyan.desk.rules.content import last_version
from guiyan.policies.models import RuleProposal
from tests.desk.rules.page_form import Sent, form_in
from tests.outreach import stage as outreach
from tests.policies import stage
from tests.policies.stage import SUBSIDY

pytestmark = pytest.mark.usefixtures("scoped_db")
As = Callable[[str], Client]
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def day(at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")
    outreach.in_force(SUBSIDY)


@pytest.fixture
def draft() -> RuleProposal:
    return stage.begun()


def address(proposal: RuleProposal) -> str:
    return f"/desk/rules/{proposal.pk}/edit/"


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def form_of(client: Client, proposal: RuleProposal) -> Sent:
    page = text_of(client, address(proposal))
    return form_in(page[page.index('id="rule-form"') : page.index('id="rule-side"')])


def send(client: Client, proposal: RuleProposal, sent: Sent, do: str = "save", **headers: Any) -> Any:
    return client.post(address(proposal), {**sent, "do": do}, **headers)


def now(proposal: RuleProposal) -> RuleProposal:
    return RuleProposal.objects.get(pk=proposal.pk)


def test_what_is_drawn_and_saved_untouched_is_the_same_measure(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    send(helin, draft, form_of(helin, draft))
    assert now(draft).content == draft.content and now(draft).cases == draft.cases
    assert now(draft).version == draft.version + 1


@pytest.mark.parametrize("measure", ["counter-guarantee-waiver", "graduate-loan-firm", "incubator-award"])
def test_every_kind_of_benefit_comes_back_as_it_is(client_as: As, measure: str) -> None:
    helin, proposal = client_as("helin"), stage.begun(measure)
    send(helin, proposal, form_of(helin, proposal))
    assert now(proposal).content == proposal.content and now(proposal).cases == proposal.cases


def test_an_age_limit_is_built_line_by_line(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    send(helin, draft, form_of(helin, draft), "add-condition")
    assert "请选一项事实" in text_of(helin, address(draft))
    sent = form_of(helin, draft) | {"c2.label": ["45周岁以下"], "c2.w.about": ["age_years"]}
    send(helin, draft, sent)
    sent = form_of(helin, draft) | {"c2.w.op": ["<="], "c2.w.v0": ["45"]}
    answer = send(helin, draft, sent, **HX).content.decode()
    assert "年龄不超过" in answer and "45周岁" in answer
    assert last_version(now(draft).content)["conditions"]["c1"] == {"label": "45周岁以下", "when": "age_years <= 45"}


def test_what_is_typed_wrong_stays_with_a_sentence_at_its_line(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    answer = send(helin, draft, form_of(helin, draft) | {"c1.w.v0": ["一次"]}, **HX).content.decode()
    assert 'id="e-c1.w"' in answer and "请填整数" in answer
    assert form_of(helin, draft)["c1.w.v0"] == ["一次"]
    page = text_of(helin, address(draft))
    assert "第2条条件" in page and "还没有写完" in page


def test_a_group_is_added_nested_and_taken_away(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    send(helin, draft, form_of(helin, draft), "add-group:c0.w")
    sent = form_of(helin, draft)
    assert sent["c0.w.group"] == ["all"] and sent["c0.w.1.group"] == ["any"]
    sent |= {"c0.w.1.0.about": ["is_graduate"], "c0.w.1.1.about": ["is_veteran"]}
    send(helin, draft, sent)
    when = last_version(now(draft).content)["conditions"]["returnee"]["when"]
    assert when == "is_returnee AND (is_graduate OR is_veteran)"
    send(helin, draft, form_of(helin, draft), "remove-row:c0.w.1")
    assert last_version(now(draft).content)["conditions"]["returnee"]["when"] == "is_returnee"


def test_a_changed_parameter_reruns_the_cases_and_shows_which_fail(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    send(helin, draft, form_of(helin, draft), "add-parameter")
    sent = form_of(helin, draft) | {"p0.label": ["能办几次"], "p0.value": ["1"], "p0.set_by": ["二(七)"]}
    send(helin, draft, sent)
    send(helin, draft, form_of(helin, draft) | {"c1.w.v0.from": [":p1"]})
    assert last_version(now(draft).content)["conditions"]["first_time"]["when"] == "business_registrations = p1"
    carried = send(helin, draft, form_of(helin, draft), "carry-cases")
    assert carried.status_code == 302
    assert "对不上" not in text_of(helin, address(draft))
    answer = send(helin, draft, form_of(helin, draft) | {"p0.value": ["2"]}, **HX).content.decode()
    assert "应当符合，算出来不符合" in answer or "对不上：应当符合" in answer
    assert "能办几次" not in answer or "2次" in answer


def test_tiers_payments_and_top_ups_are_built(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    send(helin, draft, form_of(helin, draft) | {"b.way": ["tiers"]})
    sent = form_of(helin, draft)
    assert sent["ts"] == ["2"] and sent["t1.else"] == ["1"]
    sent |= {"t0.label": ["带动2人以上"], "t0.w.about": ["jobs_led"]}
    send(helin, draft, sent)
    sent = form_of(helin, draft) | {"t0.w.op": [">="], "t0.w.v0": ["2"], "t0.way": ["payments"]}
    send(helin, draft, sent)
    sent = form_of(helin, draft) | {"t0.by": ["jobs_led"], "t0.pay0": ["1万"], "t0.pay1": ["20,000元"]}
    send(helin, draft, sent | {"t1.amount_yuan": ["3000"], "b.less": [SUBSIDY]})
    benefit = last_version(now(draft).content)["benefit"]
    assert benefit == {
        "kind": "grant",
        "less_received": [SUBSIDY],
        "tiers": [
            {
                "label": "带动2人以上",
                "when": "jobs_led >= 2",
                "payments": {"by": "jobs_led", "amounts_yuan": ["10000", "20000"]},
            },
            {"label": "其他的", "amount_yuan": "3000"},
        ],
    }


def test_two_tabs_lose_nothing(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    first, second = form_of(helin, draft), form_of(helin, draft)
    send(helin, draft, first | {"title": ["一次性创业补贴（第一页）"]})
    answer = send(helin, draft, second | {"title": ["一次性创业补贴（第二页）"]})
    page = answer.content.decode()
    assert answer.status_code == 409 and "没有存上" in page and "一次性创业补贴（第二页）" in page
    assert now(draft).content["title"] == "一次性创业补贴（第一页）"
    quietly = send(helin, draft, second | {"title": ["一次性创业补贴（第二页）"]}, **HX)
    assert quietly.status_code == 200 and "没有存上" in quietly.content.decode()


def test_only_what_has_other_controls_is_drawn_again(client_as: As, draft: RuleProposal) -> None:
    """Whoever is typing keeps what was typed: a number changes the slots, a fact the controls."""
    helin = client_as("helin")
    send(helin, draft, form_of(helin, draft))
    number = send(helin, draft, form_of(helin, draft) | {"c1.w.v0": ["3"]}, **HX).content.decode()
    assert 'id="builder"' not in number and 'id="s-c1" hx-swap-oob' in number
    fact = send(helin, draft, form_of(helin, draft) | {"c1.w.about": ["age_years"]}, **HX).content.decode()
    assert 'id="builder"' in fact
    assert f'value="{now(draft).version}"' in fact


def test_without_a_snapshot_the_counts_say_what_to_do(client_as: As, draft: RuleProposal) -> None:
    assert "还没有快照" in text_of(client_as("helin"), address(draft))


def test_the_text_is_read_only_and_downloads(client_as: As, draft: RuleProposal) -> None:
    helin = client_as("helin")
    page = text_of(helin, f"/desk/rules/{draft.pk}/text/")
    assert "business_registrations = 1" in page and "measures/startup-subsidy.yaml" in page
    file = helin.get(f"/desk/rules/{draft.pk}/text/measure/")
    assert file["Content-Type"].startswith("application/yaml") and "startup-subsidy.yaml" in file["Content-Disposition"]
    assert "is_returnee" in file.content.decode()
    assert helin.get(f"/desk/rules/{draft.pk}/text/other/").status_code == 404


def test_whoever_may_not_draft_may_not_write(client_as: As, draft: RuleProposal) -> None:
    assert client_as("yemin").get(address(draft)).status_code == 403
    assert client_as("yemin").post(address(draft), {"do": "save", "seen": "1"}).status_code == 403
    assert client_as("zhoumin").get(address(draft)).status_code in (403, 404)
    assert now(draft).version == draft.version


def test_nobody_writes_in_what_is_put_up(client_as: As) -> None:
    helin, proposal = client_as("helin"), stage.proposed(stage.raised())
    answer = helin.post(address(proposal), {"do": "save", "seen": str(now(proposal).version), "title": "别的"})
    assert answer.status_code == 409
    assert now(proposal).content["title"] == "一次性创业补贴"
    assert helin.get(address(proposal)).status_code == 302


def test_going_on_to_propose_saves_first(client_as: As, draft: RuleProposal) -> None:
    helin, onwards = client_as("helin"), f"/desk/rules/{draft.pk}/propose/"
    plainly = send(helin, draft, form_of(helin, draft) | {"plain": ["第一次办照有补贴"]}, "propose")
    assert plainly.status_code == 302 and plainly["Location"] == onwards
    assert now(draft).content["plain"] == "第一次办照有补贴"
    quickly = send(helin, draft, form_of(helin, draft) | {"plain": ["再改一次"]}, "propose", **HX)
    assert quickly["HX-Redirect"] == onwards and now(draft).content["plain"] == "再改一次"
