"""An officer is also a resident: nobody decides about their own request, under whichever id they are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guiyan.accounts.models import User
from guiyan.cases import actions
from guiyan.cases.models import CaseCheck
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.registers import actions as registers
from tests.cases import people

Clock = Callable[[str], object]


@dataclass(frozen=True)
class Herself:
    """The applicant, under the id her case bears and under the one she was merged into."""

    person: people.Person
    merged: people.Person

    def at_work(self, username: str, *, as_merged: bool = False) -> Actor:
        """The officer of that name, who is this applicant; whoever was so before is nobody's."""
        subject = (self.merged if as_merged else self.person).subject_id
        User.objects.filter(subject_id=subject).update(subject_id=None)
        User.objects.filter(username=username).update(subject_id=subject)
        return people.as_actor(username)


@pytest.fixture
def herself(scoped_db: object, at: Clock, tmp_path: Path) -> Herself:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    return Herself(people.a_returnee(), people.a_returnee(2, firms=0))


def merge(herself: Herself) -> None:
    registers.merge(SYSTEM, kept=herself.merged.subject_id, merged=herself.person.subject_id)


@pytest.mark.parametrize("as_merged", [False, True])
def test_nobody_accepts_their_own_request(herself: Herself, as_merged: bool) -> None:
    case = people.submitted(herself.person)
    if as_merged:
        merge(herself)
    with pytest.raises(Refused, match="本人的事项"):
        actions.accept_case(herself.at_work("zhoumin", as_merged=as_merged), case=case)


def test_nobody_reviews_their_own_request_after_a_merge(herself: Herself) -> None:
    case = people.checked(herself.person)
    merge(herself)
    with pytest.raises(Refused, match="本人的事项"):
        actions.pass_review(herself.at_work("zhengwei", as_merged=True), case=case)


@pytest.mark.parametrize("as_merged", [False, True])
def test_nobody_answers_a_check_about_themselves(herself: Herself, as_merged: bool) -> None:
    case = people.accepted(herself.person)
    check = CaseCheck.objects.get(case=case, check_id="residence")
    if as_merged:
        merge(herself)
    with pytest.raises(Refused, match="本人的事项"):
        actions.record_check(herself.at_work("townchecker", as_merged=as_merged), check=check, result="true")


def test_nobody_rechecks_or_signs_a_batch_with_themselves_in_it(herself: Herself) -> None:
    batch = people.a_batch(people.approved(herself.person))
    colleague = people.as_actor("wuqiang")
    merge(herself)
    with pytest.raises(Refused, match="本人的事项"):
        actions.recheck_batch(herself.at_work("wuqiang", as_merged=True), batch=batch)
    batch = actions.recheck_batch(colleague, batch=batch)
    with pytest.raises(Refused, match="本人的事项"):
        actions.sign_batch(herself.at_work("xurong", as_merged=True), batch=batch)


def test_nobody_decides_an_objection_to_their_own_line(herself: Herself) -> None:
    from guiyan.kernel.actors import PUBLIC
    from guiyan.notices import actions as notices

    batch = people.signed(people.approved(herself.person))
    notice = notices.publish_batch_notice(SYSTEM, batch=batch)
    objection = notices.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某人", contact="示例")
    merge(herself)
    with pytest.raises(Refused, match="本人的事项"):
        notices.decide_objection(
            herself.at_work("zhengwei", as_merged=True), objection=objection, upheld=False, answer="已返乡"
        )
