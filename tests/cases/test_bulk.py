"""Many cases at once: the preview says which and why not, each is done by its own act, and taken back together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client

from guiyan.accounts.models import Post, User
from guiyan.accounts.scope import scope_of
from guiyan.cases import actions, queries
from guiyan.cases.actions import bulk
from guiyan.cases.models import Alert, BulkLine, BulkRun, Case, CaseComparison, CaseVerdict
from guiyan.cases.queries.at_a_glance import glances
from guiyan.cases.queries.bulk import MOST
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.jobs import registry
from guiyan.kernel.scope import entered
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]
KEY = UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def some(number: int) -> list[Case]:
    return [people.submitted(people.a_returnee(serial, name=f"张晓{serial}")) for serial in range(1, number + 1)]


def run(act: str, cases: list[Case], by: str = "zhoumin", key: UUID = KEY, **more: str) -> BulkRun:
    return actions.start_run(people.as_actor(by), act=act, case_ids=[one.pk for one in cases], key=key, **more)


def states(cases: list[Case]) -> list[str]:
    return [Case.objects.get(pk=one.pk).state for one in cases]


def test_the_preview_says_case_by_case_whether_and_why_not(client_as: SignIn) -> None:
    ready, under_way = some(2), people.checked(people.a_returnee(9, name="李已核"))
    ids = "&".join(f"case={one.pk}" for one in [*ready, under_way])
    page = client_as("zhoumin").get(f"/desk/cases/bulk/?act=accept&{ids}").content.decode()
    assert "能办2件，不能办1件" in page and "受理2件" in page
    assert "不在受理环节" in page and states(ready) == ["submitted", "submitted"]
    assert f'name="case" value="{under_way.pk}"' not in page


def test_confirming_accepts_each_by_its_own_act_and_twice_is_once(client_as: SignIn) -> None:
    cases, desk = some(3), client_as("zhoumin")
    form = {"act": "accept", "key": str(KEY), "words": "材料齐全", "case": [str(one.pk) for one in cases]}
    first = desk.post("/desk/cases/bulk/", form)
    again = desk.post("/desk/cases/bulk/", form)
    assert first["Location"] == again["Location"] == f"/desk/cases/bulk/{BulkRun.objects.get().pk}/"
    assert states(cases) == ["checking"] * 3
    page = desk.get(first["Location"]).content.decode()
    assert "已受理3件" in page and "撤回这3件" in page and "以第一次的为准" in page
    assert AuditEntry.objects.filter(action="case.accept").count() == 3
    assert AuditEntry.objects.filter(action="case.bulk").count() == 1


def test_a_case_that_is_refused_stops_no_other_and_says_why() -> None:
    first, second = some(2)
    actions.accept_case(people.as_actor("zhoumin"), case=first)
    done = queries.bulk_run_by_id(people.as_actor("zhoumin"), run("accept", [first, second]).pk)
    assert [line.outcome for line in done.lines] == ["refused", "done"]
    assert "受理" in done.lines[0].why and done.run.finished_at is not None


def test_no_new_power_comes_of_it(client_as: SignIn) -> None:
    cases = some(2)
    ids = "&".join(f"case={one.pk}" for one in cases)
    assert client_as("sunli").get(f"/desk/cases/bulk/?act=accept&{ids}").status_code in (403, 404)
    assert client_as("zhengwei").get(f"/desk/cases/bulk/?act=accept&{ids}").status_code == 404
    elsewhere = client_as("caoyun").get(f"/desk/cases/bulk/?act=accept&{ids}")
    assert elsewhere["Location"] == "/desk/cases/?v=0"
    with entered(scope_of(people.as_actor("caoyun"))), pytest.raises(NotFound):
        run("accept", cases, by="caoyun")
    assert states(cases) == ["submitted"] * 2
    own = run("accept", cases)
    assert client_as("caoyun").get(f"/desk/cases/bulk/{own.pk}/").status_code == 404
    assert client_as("huanglei").post(f"/desk/cases/bulk/{own.pk}/").status_code == 404
    with entered(scope_of(people.as_actor("huanglei"))):
        assert not BulkLine.objects.exists() and not BulkRun.objects.exists()


def test_what_was_accepted_together_is_taken_back_together_as_far_as_nobody_went_on(client_as: SignIn) -> None:
    cases, desk = some(2), client_as("zhoumin")
    done = run("accept", cases)
    people.answer(cases[0].checks.all()[0])
    desk.post(f"/desk/cases/bulk/{done.pk}/")
    assert states(cases) == ["checking", "submitted"]
    page = desk.get(f"/desk/cases/bulk/{done.pk}/").content.decode()
    assert "已撤回1件，共2件" in page and "没能撤回" in page
    desk.post(f"/desk/cases/bulk/{done.pk}/")
    assert states(cases) == ["checking", "submitted"]


def test_many_are_handed_to_a_colleague_who_may_take_them_all(client_as: SignIn) -> None:
    cases, desk = some(2), client_as("zhoumin")
    ids = "&".join(f"case={one.pk}" for one in cases)
    page = desk.get(f"/desk/cases/bulk/?act=transfer&{ids}").content.decode()
    post = Post.objects.get(user__username="fangyun")
    key = f"{post.unit_id}.{post.user_id}"
    assert f'value="{key}"' in page
    form = {"act": "transfer", "key": str(KEY), "words": "", "to": key, "case": [str(one.pk) for one in cases]}
    assert "请写明理由" in desk.post("/desk/cases/bulk/", form).content.decode()
    desk.post("/desk/cases/bulk/", {**form, "words": "外出学习"})
    assert {Case.objects.get(pk=one.pk).handler_id for one in cases} == {post.user_id}
    with pytest.raises(Refused, match="不能交给这个人"):
        run(
            "transfer", cases, key=uuid4(), words="交给他", to=f"{post.unit_id}.{User.objects.get(username='sunli').pk}"
        )


def test_many_are_urged_once_a_day(client_as: SignIn) -> None:
    cases = some(2)
    run("urge", cases, by="chenjing", words="请早点办")
    assert Alert.objects.filter(kind="urge").count() == 2
    page = (
        client_as("chenjing")
        .get("/desk/cases/bulk/?act=urge&" + "&".join(f"case={one.pk}" for one in cases))
        .content.decode()
    )
    assert "选中的都不能催办" in page and "每个工作日只能催办一次" in page


def test_everything_that_matches_the_filters_is_taken_up_to_the_most(client_as: SignIn) -> None:
    some(2)
    people.checked(people.a_returnee(9, name="李已核"))
    page = client_as("zhoumin").get("/desk/cases/bulk/?act=accept&all=1&query=stage%3Daccept").content.decode()
    assert "能办2件" in page and "李已核" not in page
    with pytest.raises(Refused, match="一次最多选100件"):
        actions.start_run(people.as_actor("zhoumin"), act="accept", case_ids=list(range(1, MOST + 2)), key=KEY)


def test_a_long_run_goes_on_in_a_job_with_the_same_powers(client_as: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    cases, desk = some(5), client_as("zhoumin")
    going = run("accept", cases)
    assert states(cases) == ["submitted"] * 5
    page = desk.get(f"/desk/cases/bulk/{going.pk}/").content.decode()
    assert "正在受理，共5件" in page and "hx-trigger" in page
    bulk.carry_on(going.pk)
    assert states(cases).count("checking") == 2
    bulk.carry_on(going.pk)
    bulk.carry_on(going.pk)
    assert states(cases) == ["checking"] * 5
    assert "已受理5件" in desk.get(f"/desk/cases/bulk/{going.pk}/").content.decode()


def test_without_the_account_the_rest_of_a_long_run_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    cases = some(2)
    going = run("accept", cases)
    User.objects.filter(username="zhoumin").update(is_active=False)
    bulk.carry_on(going.pk)
    assert states(cases) == ["submitted"] * 2
    assert {line.why for line in going.lines.all()} == {"账号已经停用，剩下的没有办。"}


def test_the_job_is_declared() -> None:
    assert registry.label_of(bulk.JOB) == "批量办理"


def test_the_list_offers_what_the_post_may_do(client_as: SignIn) -> None:
    some(1)
    assert 'value="accept">受理' in client_as("zhoumin").get("/desk/cases/").content.decode()
    page = client_as("shenji").get("/desk/cases/").content.decode()
    assert "全选本页" not in page and "data-bulk" not in page


def test_words_too_long_for_the_single_act_are_refused_before_any_case_is_touched() -> None:
    cases = some(2)
    with pytest.raises(Refused, match="200"):
        run("urge", cases, words="请尽快办理" * 41)
    assert not BulkRun.objects.exists() and not Alert.objects.exists()


def test_the_preview_tells_of_each_what_its_lists_and_conditions_say(client_as: SignIn) -> None:
    clear, hit = some(2)
    # What was said of a case is never written over; a later look says more.
    look = CaseComparison.objects.filter(case=hit).order_by("-compared_at")[0]
    look.pk, look.matched, look.outcome, look.compared_at = None, True, "hit", look.compared_at + timedelta(minutes=1)
    look.save(force_insert=True)
    verdict = CaseVerdict.objects.filter(case=hit).latest("id")
    verdict.pk, verdict.verdict = None, "no"
    verdict.save(force_insert=True)
    known = glances([clear, hit])
    assert (known[hit.pk].lists.words, known[hit.pk].conditions.words) == ("1份里有", "有不符合的")
    assert known[clear.pk].conditions.words == "都符合"
    page = client_as("zhoumin").get(f"/desk/cases/bulk/?act=accept&case={clear.pk}&case={hit.pk}").content.decode()
    assert "名单比对" in page and "1份里有" in page and "有不符合的" in page
