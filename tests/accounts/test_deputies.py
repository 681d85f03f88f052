"""代岗: the officer's grants and no others, both persons for 审办分离, and an end that is said in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from guiyan.accounts import deputising
from guiyan.accounts.models import Deputy, Post, User
from guiyan.accounts.standing_in import DeputyEnded, acting_as
from guiyan.cases import actions
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.workflow.models import WorkflowLog
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def deputy(
    of: str = "zhoumin", by: str = "zhengwei", *, head: str = "xurong", until: date = date(2026, 6, 19)
) -> Deputy:
    return deputising.give_deputy(
        people.as_actor(head),
        post_id=Post.objects.get(user__username=of).pk,
        user_id=User.objects.get(username=by).pk,
        document="示例授权书1号",
        reason="外出学习",
        valid_from=date(2026, 6, 8),
        valid_to=date(2026, 6, 19),
        name="授权书.pdf",
        content=people.PAPER,
    )


def standing(row: Deputy) -> Actor:
    return acting_as(row.user, row.pk)


def test_a_deputy_has_the_post_s_grants_and_none_of_his_own() -> None:
    acting = standing(deputy())
    held = {permission for grant in acting.grants for permission in grant.permissions}
    theirs = {permission for grant in people.as_actor("zhoumin").grants for permission in grant.permissions}
    assert held <= theirs and "case.accept" in held and "case.review" not in held
    assert acting.label == "周敏（由郑伟代）" and len(acting.persons) == 2


def test_the_record_names_both_and_neither_may_review_what_they_accepted() -> None:
    row = deputy()
    case = actions.accept_case(standing(row), case=people.submitted(people.a_returnee()))
    entry = WorkflowLog.objects.filter(object_type="case", object_id=case.pk, verb="accept").get()
    assert (entry.actor_label, entry.actor_id, entry.for_id) == ("周敏（由郑伟代）", row.user_id, row.principal_id)
    assert AuditEntry.objects.filter(action="case.accept", actor_id=row.user_id).exists()
    for check in case.checks.all():
        people.answer(check)
    case.refresh_from_db()
    both = [
        people.as_actor("zhengwei"),
        people.with_powers_of("zhoumin", "zhengwei"),
        standing(deputy("zhengwei", "fangyun")),
    ]
    for actor in both[:2]:
        with pytest.raises(Refused, match="审办分离"):
            actions.pass_review(actor, case=case)
    with pytest.raises(Refused, match="审办分离"):
        actions.pass_review(both[2], case=case)
    assert actions.pass_review(people.as_actor("fangyun"), case=case).state == "approved"


def test_who_may_not_give_one() -> None:
    with pytest.raises(NotAllowed):
        deputy(head="zhoumin")
    with pytest.raises(Refused, match="同一单位"):
        deputy(by="marketchecker")
    with pytest.raises(Refused, match="同一单位"):
        deputy(by="zhoumin")
    with pytest.raises(Refused, match="不能授权自己"):
        deputy(by="xurong")
    deputy()
    with pytest.raises(Refused, match="已经授权"):
        deputy()
    assert Deputy.objects.count() == 1


def test_an_ended_or_expired_authorisation_is_refused_in_plain_words(at: Clock) -> None:
    row = deputy()
    with pytest.raises(NotFound):
        acting_as(User.objects.get(username="wuqiang"), row.pk)
    with pytest.raises(NotFound):
        deputising.end_deputy(people.as_actor("wuqiang"), deputy=row)
    other = deputy("zhengwei", "fangyun")
    at("2026-06-12 09:00")
    deputising.end_deputy(people.as_actor("zhoumin"), deputy=row, reason="提前回来")
    with pytest.raises(DeputyEnded, match="2026年6月12日终止"):
        acting_as(row.user, row.pk)
    at("2026-06-20 09:00")
    with pytest.raises(DeputyEnded, match="2026年6月19日到期"):
        acting_as(other.user, other.pk)


def test_nothing_is_done_in_either_name_by_a_click_after_the_end(client_as: Callable[[str], Client]) -> None:
    row, case = deputy(), people.submitted(people.a_returnee())
    client = client_as("zhengwei")
    assert client.post(f"/desk/deputies/{row.pk}/act/").status_code == 302
    assert "周敏（由郑伟代）" in client.get("/desk/").content.decode()
    deputising.end_deputy(people.as_actor("xurong"), deputy=row)
    answer = client.post(f"/desk/cases/{case.number}/step/accept/", {"opinion": "同意"})
    case.refresh_from_db()
    assert answer.status_code == 403 and "终止" in answer.content.decode() and case.state == "submitted"
    assert "由郑伟代" not in client.get("/desk/").content.decode()
