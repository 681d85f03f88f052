"""Around a request: one transaction in the actor's scope, undone when the answer is an error, told in plain words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from guiyan.accounts.models import Region
from guiyan.kernel.scope import current
from tests.fixtures import TestDatabase

SignIn = Callable[[str], Client]

pytestmark = pytest.mark.urls("tests.accounts.pages")


def written() -> bool:
    return Region.objects.filter(code=429999000000).exists()


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("refused", 409, "名额已经用完。"),
        ("not-allowed", 403, "您没有审核的权限。"),
        ("not-found", 404, "没有这个办件。"),
    ],
)
def test_an_error_is_a_page_with_its_words_and_nothing_is_kept(
    client_as: SignIn, name: str, status: int, words: str
) -> None:
    response = client_as("zhoumin").get(f"/fails/{name}/")
    assert response.status_code == status
    assert words in response.content.decode()
    assert not written()


@pytest.mark.parametrize(("status", "kept"), [(200, True), (302, True), (400, False), (422, False), (503, False)])
def test_an_answer_of_400_or_above_keeps_nothing(client_as: SignIn, status: int, kept: bool) -> None:
    assert client_as("").get(f"/answers/{status}/").status_code == status
    assert written() is kept


def test_with_real_commits_too_a_refusal_keeps_nothing(committed_db: TestDatabase, client_as: SignIn) -> None:
    client_as("").get("/fails/refused/")
    assert not written()
    client_as("").get("/answers/200/")
    assert written()


def test_a_broken_transaction_still_gives_a_page(committed_db: TestDatabase, client_as: SignIn) -> None:
    client = client_as("zhoumin")
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "我们这边出了错" in response.content.decode()
    assert "division" not in response.content.decode()


def test_the_view_runs_in_the_scope_of_whoever_asks(client_as: SignIn) -> None:
    officer = client_as("zhoumin").get("/scope/").content.decode()
    assert "周敏" in officer and "(421224000000, 421225000000)" in officer
    public = client_as("").get("/scope/").content.decode()
    assert "regions=()" in public and "public=True" in public and "subject_id=None" in public


def test_nothing_of_a_request_stays_on_the_connection(committed_db: TestDatabase, client_as: SignIn) -> None:
    client_as("zhoumin").get("/scope/")
    assert current() is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('guiyan.regions', true), '')")
        assert cursor.fetchone() == ("",)
        cursor.execute("SELECT count(*) FROM audit_entry")
        assert cursor.fetchone() == (0,)


def test_one_after_another_two_people_see_their_own_scope(committed_db: TestDatabase, client_as: SignIn) -> None:
    first, second = client_as("zhoumin"), client_as("caoyun")
    for _ in range(2):
        assert "421224000000" in first.get("/scope/").content.decode()
        assert "421223000000" in second.get("/scope/").content.decode()
        assert "regions=()" in client_as("").get("/scope/").content.decode()


def test_the_desk_asks_the_stranger_to_sign_in_and_brings_them_back(client_as: SignIn) -> None:
    response = client_as("").get("/desk/scope/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=%2Fdesk%2Fscope%2F%3Fpage%3D2"


def test_the_desk_is_closed_to_residents(client_as: SignIn) -> None:
    response = client_as("liuchunyan").get("/desk/scope/")
    assert response.status_code == 403
    assert "没有岗位" in response.content.decode()
    assert client_as("zhoumin").get("/desk/scope/").status_code == 200


def test_pages_carry_a_policy_without_inline_code(client_as: SignIn) -> None:
    policy = client_as("").get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_request_costs_few_queries(client_as: SignIn, max_queries: Callable[[int], object]) -> None:
    """Session, user, clock, grants, release; savepoint, scope, the scope restored, savepoint."""
    client = client_as("zhoumin")
    client.get("/scope/")
    with max_queries(9):  # type: ignore[attr-defined]
        client.get("/scope/")
