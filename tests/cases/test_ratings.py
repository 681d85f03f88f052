"""好差评: once, when it is decided; a bad one is called back by somebody who had no part in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guiyan.accounts.models import Grant, User
from guiyan.cases import actions, queries
from guiyan.cases.models import Case, Rating
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotFound, Refused
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def over(person: people.Person) -> Case:
    case = people.submitted(person)
    return actions.refuse_acceptance(people.as_actor("zhoumin"), case=case, reason="不属于本县登记")


def test_a_case_under_way_is_not_rated(scoped_db: object) -> None:
    person = people.a_returnee()
    case = people.submitted(person)
    assert not queries.may_be_rated(case)
    with pytest.raises(Refused, match="办完以后再评价"):
        actions.rate_case(person.actor, case=case, grade=5)


def test_a_good_rating_is_kept_once_and_asks_for_no_call(scoped_db: object) -> None:
    person = people.a_returnee()
    case = over(person)
    rating = actions.rate_case(person.actor, case=case, grade=5, points=["clear", "speed"], words="说得清楚")
    assert (rating.way, rating.points, rating.call_due_on) == ("self", ["speed", "clear"], None)
    with pytest.raises(Refused, match="已经评价过"):
        actions.rate_case(person.actor, case=case, grade=1)
    assert Rating.objects.get().grade == 5


def test_numbers_of_persons_in_what_she_says_are_not_kept(scoped_db: object) -> None:
    person = people.a_returnee()
    rating = actions.rate_case(person.actor, case=over(person), grade=2, words="打15412345678找我")
    assert rating.words == "打154****5678找我"


def test_a_bad_rating_is_called_back_in_three_working_days_by_somebody_else(scoped_db: object) -> None:
    person = people.a_returnee()
    case = over(person)
    rating = actions.rate_case(person.actor, case=case, grade=2, words="没有说清缺什么")
    assert str(rating.call_due_on) == "2026-06-11"
    assert [row.pk for row in queries.ratings_for(people.as_actor("luojing"), view="to_call")] == [rating.pk]
    with pytest.raises(NotFound):
        actions.record_call(people.as_actor("caoyun"), rating=rating, outcome="explained", note="打过电话")
    with pytest.raises(Refused, match="写明"):
        actions.record_call(people.as_actor("luojing"), rating=rating, outcome="explained", note=" \u200b ")
    actions.record_call(people.as_actor("luojing"), rating=rating, outcome="explained", note="已说明登记地在外县")
    called = Rating.objects.get()
    assert (called.outcome, called.called_by_label) == ("explained", "罗静")
    with pytest.raises(Refused, match="已经回访过"):
        actions.record_call(people.as_actor("luojing"), rating=rating, outcome="mended", note="再打一次")
    assert AuditEntry.objects.filter(action="rating.call").count() == 1


def test_who_handled_the_case_does_not_call_back(scoped_db: object) -> None:
    person = people.a_returnee()
    rating = actions.rate_case(person.actor, case=over(person), grade=1)
    grant = Grant.objects.get(post__user__username="luojing", role="call-back-officer")
    grant.pk, grant.post = None, User.objects.get(username="zhoumin").posts.get()
    grant.save()
    with pytest.raises(Refused, match="您经办过"):
        actions.record_call(people.as_actor("zhoumin"), rating=rating, outcome="mended", note="已整改")


def test_the_database_refuses_a_bad_rating_without_a_call_day_and_a_call_without_words(scoped_db: object) -> None:
    person = people.a_returnee()
    rating = actions.rate_case(person.actor, case=over(person), grade=2)
    for wrong in ({"call_due_on": None}, {"called_at": rating.given_at, "outcome": "mended"}, {"grade": 6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.filter(pk=rating.pk).update(**wrong)


def test_she_rates_on_her_phone_and_sees_what_came_of_it(
    scoped_db: object, client: Client, at: Clock, django_user_model: type[User]
) -> None:
    person = people.a_returnee()
    User.objects.filter(username="liuchunyan").update(subject_id=person.subject_id)
    case = over(person)
    client.force_login(User.objects.get(username="liuchunyan"))
    page = client.get(f"/my/cases/{case.number}/")
    assert "这次办得怎么样" in page.content.decode()
    address = f"/my/cases/{case.number}/rate/"
    empty = client.post(address, {"words": "等得太久"})
    assert empty.status_code == 422
    assert "等得太久" in empty.content.decode()
    assert client.post(address, {"grade": "2", "points": ["speed"], "words": "等得太久"}).status_code == 302
    assert client.post(address, {"grade": "5"}).status_code == 200  # a second tab is shown what was said
    rating = Rating.objects.get()
    assert (rating.grade, rating.words) == (2, "等得太久")
    actions.record_call(people.as_actor("luojing"), rating=rating, outcome="disagreed", note="不认可，已告知复议途径")
    seen = client.get(address).content.decode()
    assert "已解释，本人不认可" in seen
    assert "已告知复议途径" not in seen


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    scoped_db: object, client: Client, django_assert_max_num_queries: Callable[..., object], count: int
) -> None:
    for serial in range(count):
        person = people.a_returnee(serial + 1)
        actions.rate_case(person.actor, case=over(person), grade=2)
    client.force_login(User.objects.get(username="luojing"))
    client.get("/desk/ratings/")
    with django_assert_max_num_queries(24):
        page = client.get("/desk/ratings/")
    assert page.content.decode().count("data-row") == count


def test_each_rating_stands_with_its_day_and_the_list_sorts(scoped_db: object, client: Client, at: Clock) -> None:
    for serial, (day, grade) in enumerate((("2026-06-09", 5), ("2026-06-11", 3)), 1):
        person = people.a_returnee(serial, name=f"张晓{serial}")
        case = over(person)
        at(f"{day} 10:30")
        actions.rate_case(person.actor, case=case, grade=grade)
    client.force_login(User.objects.get(username="luojing"))

    def names(query: str) -> list[str]:
        page = client.get(f"/desk/ratings/?view=all{query}").content.decode()
        assert "6月9日</span> 10:30" in page and "6月11日</span> 10:30" in page
        return sorted(("张晓1", "张晓2"), key=page.index)

    assert names("") == names("&sort=-given") == names("&sort=grade") == ["张晓2", "张晓1"]
    assert names("&sort=given") == names("&sort=-grade") == ["张晓1", "张晓2"]


@pytest.mark.parametrize(("rated", "telling"), [(9, False), (10, True)])
def test_a_percentage_is_told_from_ten_judgements_on(rated: int, telling: bool) -> None:
    assert queries.OfficeStanding("示例局", rated, 3, 0).is_telling == telling


def test_few_judgements_are_told_as_counts(scoped_db: object, client: Client) -> None:
    person = people.a_returnee(1)
    actions.rate_case(person.actor, case=over(person), grade=2)
    client.force_login(User.objects.get(username="luojing"))
    page = client.get("/desk/ratings/").content.decode()
    assert "1条中0条" in page and "0.0%" not in page
