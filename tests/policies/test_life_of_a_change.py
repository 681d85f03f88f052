"""A change of a rule from its draft to a release; who may do what; what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.outbox.models import OutboxEvent
from guiyan.kernel.scope import Scope
from guiyan.policies import actions, queries
from guiyan.policies.models import MeasureConfirmation, RuleProposal
from tests.policies import stage


@pytest.fixture(autouse=True)
def morning(scoped_db: Scope, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


def test_a_change_goes_from_a_draft_to_the_release_in_force() -> None:
    before = releases.current_id()
    proposal = stage.raised()
    assert proposal.state == "draft" and proposal.effective_on == dt.date(2026, 6, 9)
    proposal = stage.approved(proposal)
    assert proposal.state == "approved" and proposal.made_release == releases.current_id() != before
    first, second = releases.current().measures[stage.SUBSIDY].versions
    assert (first.benefit.amount_yuan, second.benefit.amount_yuan) == ("5000", "6000")
    assert second.valid_from == dt.date(2026, 6, 9)
    assert releases.release(before).measures[stage.SUBSIDY].versions == (first,)
    assert set(releases.desk_edits().texts) == {f"measures/{stage.SUBSIDY}.yaml", f"examples/{stage.SUBSIDY}.yaml"}


def test_every_step_is_in_the_audit_log_and_the_approval_is_told() -> None:
    proposal = stage.approved(stage.raised())
    said = AuditEntry.objects.filter(target=proposal.ref).order_by("id").values_list("action", flat=True)
    assert list(said) == ["rule.begin", "rule.save", "rule.propose", "rule.approve"]
    assert OutboxEvent.objects.get(event="rule.approved").ids == {"rule_id": proposal.pk}


def test_the_measure_pays_the_old_amount_today_and_the_new_one_tomorrow() -> None:
    stage.approved(stage.raised())
    MeasureConfirmation.objects.create(
        measure_id=stage.SUBSIDY, document_id=1, release=1, confirmed_at=dt.datetime.now(dt.UTC), region=421200000000
    )
    facts = {"is_returnee": True, "business_registrations": 1}
    amounts = [
        queries.screen_answers(facts, on=day)[0].amount_max_fen for day in (dt.date(2026, 6, 8), dt.date(2026, 6, 9))
    ]
    assert amounts == [5000_00, 6000_00]


def test_a_new_measure_is_in_force_for_residents_with_an_item_of_its_own() -> None:
    proposal = stage.approved(stage.new_measure())
    name = proposal.measure_id
    assert name == "shuang-ren-qiu-zhi-bu-tie" and proposal.is_new
    pack = releases.current()
    item, pattern = pack.items[name], pack.items[stage.SUBSIDY]
    assert (item.form, item.flow, item.checks) == (pattern.form, pattern.flow, pattern.checks)
    assert item.measure == name and pack.measures[name].item == name
    assert item.payment is not None and item.payment.account_code == name
    assert "paid-before" not in item.comparisons and "deaths" in item.comparisons
    live = queries.live_measure(name)
    assert live is not None and live.confirmation.quote == "给示例补贴"


def test_who_wrote_in_it_or_put_it_up_may_not_approve(actor: Callable[[str], Actor]) -> None:
    from tests.cases.people import with_powers_of

    both = with_powers_of("helin", "yemin")
    proposal = stage.proposed(stage.raised())
    with pytest.raises(Refused, match="审办分离"):
        actions.approve_rule(both, proposal_id=proposal.pk)
    editor = with_powers_of("yemin", "helin")
    proposal = actions.return_rule(editor, proposal_id=proposal.pk, reason="金额写错了")
    proposal = actions.save_rule(
        editor,
        proposal_id=proposal.pk,
        content=proposal.content,
        cases=proposal.cases,
        seen_version=proposal.version,
    )
    stage.proposed(proposal)
    with pytest.raises(Refused, match="审办分离"):
        actions.approve_rule(stage.yemin(), proposal_id=proposal.pk)
    assert queries.why_not_approve(stage.yemin(), proposal) and not queries.why_not_approve(actor("qinlan"), proposal)


def test_a_returned_draft_shows_the_reason_is_mended_and_put_up_again() -> None:
    proposal = stage.proposed(stage.raised())
    with pytest.raises(Refused):
        actions.return_rule(stage.yemin(), proposal_id=proposal.pk, reason=" ")
    proposal = actions.return_rule(stage.yemin(), proposal_id=proposal.pk, reason="标准案例再加一个")
    assert proposal.state == "draft" and proposal.returned and proposal.state_label == "已退回，待修改"
    proposal = stage.proposed(stage.saved(proposal, lambda content: None, {**stage.CASE, "title": "再加一个"}))
    assert proposal.reason == "" and not proposal.returned


def test_what_was_put_up_is_not_edited_and_what_was_withdrawn_stays_to_be_read() -> None:
    proposal = stage.proposed(stage.raised())
    with pytest.raises(Refused, match="待审批"):
        stage.saved(proposal, stage.amount("7000"))
    proposal = actions.withdraw_rule(stage.helin(), proposal_id=proposal.pk)
    assert proposal.state == "withdrawn" and queries.rule_proposal(stage.helin(), proposal.pk).content
    with pytest.raises(Refused):
        actions.approve_rule(stage.yemin(), proposal_id=proposal.pk)


def test_two_tabs_lose_nothing() -> None:
    proposal = stage.begun()
    other = RuleProposal.objects.get(pk=proposal.pk)
    stage.saved(proposal, stage.amount("6000"), stage.CASE)
    with pytest.raises(Refused, match="已经存过一次") as refused:
        stage.saved(other, stage.amount("7000"))
    assert refused.value.code == "two-tabs"
    kept = RuleProposal.objects.get(pk=proposal.pk)
    assert kept.content["versions"][-1]["benefit"]["amount_yuan"] == "6000" and kept.version == 2


def test_a_second_click_gives_the_draft_of_the_first() -> None:
    assert stage.begun().pk == stage.begun().pk
    assert stage.saved(stage.begun(), stage.amount("6000")).pk != stage.begun().pk


@pytest.mark.parametrize("username", ["zhoumin", "yemin", "linzong", "liuchunyan"])
def test_only_the_policy_officer_drafts(actor: Callable[[str], Actor], username: str) -> None:
    with pytest.raises(NotAllowed):
        actions.begin_rule(actor(username), measure_id=stage.SUBSIDY)
    proposal = stage.raised()
    with pytest.raises((NotAllowed, NotFound)):
        actions.propose_rule(actor(username), proposal_id=proposal.pk)


@pytest.mark.parametrize("username", ["zhoumin", "qinlan", "helin"])
def test_only_the_approver_approves(actor: Callable[[str], Actor], username: str) -> None:
    proposal = stage.proposed(stage.raised())
    with pytest.raises((NotAllowed, NotFound)):
        actions.approve_rule(actor(username), proposal_id=proposal.pk)


def test_order_of_conditions_and_facts_is_kept_as_it_was_written() -> None:
    proposal = stage.begun()
    names = {name: {"label": name, "when": "is_returnee"} for name in ("zeta", "b", "alpha-long-name", "a")}
    stage.saved(proposal, lambda content: content["versions"][-1].update(conditions=names))
    kept = RuleProposal.objects.get(pk=proposal.pk)
    assert list(kept.content["versions"][-1]["conditions"]) == ["zeta", "b", "alpha-long-name", "a"]


def test_a_document_that_ended_meanwhile_keeps_its_measure_from_coming_into_force() -> None:
    proposal = stage.proposed(stage.new_measure())
    actions.end_confirmations(stage.helin(), document_id=1)
    with pytest.raises(Refused, match="依据的文件2026年6月8日起不再执行"):
        actions.approve_rule(stage.yemin(), proposal_id=proposal.pk)
    proposal = actions.return_rule(stage.yemin(), proposal_id=proposal.pk, reason="换文件")
    proposal = actions.save_rule(
        stage.helin(),
        proposal_id=proposal.pk,
        content=proposal.content,
        cases=proposal.cases,
        seen_version=proposal.version,
        document_id=2,
    )
    assert stage.approved(proposal).state == "approved"


def test_an_item_that_is_not_wanted_any_more_is_taken_out_of_the_draft() -> None:
    proposal = stage.new_measure()
    proposal = actions.save_rule(
        stage.helin(),
        proposal_id=proposal.pk,
        content=proposal.content,
        cases=proposal.cases,
        seen_version=proposal.version,
        item_like="",
    )
    assert "item" not in proposal.content
    (problem,) = queries.checked(proposal).problems
    assert problem.words == "没有可以申请的事项，要写明人们去哪里办、打什么电话。"


def test_an_approval_that_breaks_off_has_done_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    proposal, before = stage.proposed(stage.new_measure()), releases.current_id()

    def broken(*given: object, **named: object) -> None:
        raise ConnectionError("示例")

    with monkeypatch.context() as patched:
        patched.setattr("guiyan.policies.actions.confirming.publish", broken)
        with pytest.raises(ConnectionError):
            actions.approve_rule(stage.yemin(), proposal_id=proposal.pk)
    assert releases.current_id() == before and proposal.measure_id not in releases.current().items
    assert RuleProposal.objects.get(pk=proposal.pk).state == "proposed"
    assert not MeasureConfirmation.objects.exists() and not OutboxEvent.objects.filter(event="rule.approved").exists()
    assert actions.approve_rule(stage.yemin(), proposal_id=proposal.pk).made_release != before
