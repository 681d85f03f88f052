"""Signing in and out, a session that ends in the middle of a form, and the demo's role switcher."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from guiyan.accounts import tasks, throttle
from guiyan.accounts.demo import PASSWORD
from guiyan.accounts.models import User, WrongTry
from guiyan.kernel.audit.models import AuditEntry

SignIn = Callable[[str], Client]

pytestmark = pytest.mark.urls("tests.accounts.pages")


def who(client: Client) -> str:
    return client.get("/scope/").content.decode().split("'")[1]


def sign_in(client: Client, **fields: str) -> Any:
    return client.post("/sign-in/", {"username": "zhoumin", "password": PASSWORD, **fields})


def test_an_officer_signs_in_and_lands_at_the_desk(client_as: SignIn) -> None:
    client = client_as("")
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert who(client) == "周敏"
    user = User.objects.get(username="zhoumin")
    entry = AuditEntry.objects.get(action="account.sign_in")
    assert (entry.actor_id, entry.target) == (user.pk, f"user:{user.pk}")


@pytest.mark.parametrize("fields", [{"password": "wrong"}, {"username": "nobody"}])
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(client_as: SignIn, fields: dict[str, str]) -> None:
    client = client_as("")
    response = sign_in(client, **fields)
    assert "用户名或密码不对" in response.content.decode()
    assert who(client) == "访客"


def test_after_five_wrong_passwords_the_name_rests_and_others_do_not(client_as: SignIn) -> None:
    client = client_as("")
    for _ in range(5):
        assert "用户名或密码不对" in sign_in(client, password="wrong").content.decode()
    assert "15分钟后再试" in sign_in(client).content.decode()
    assert who(client) == "访客"
    assert sign_in(client, username="xurong").status_code == 302


def test_whoever_knows_a_name_cannot_lock_its_owner_out_from_elsewhere(client_as: SignIn) -> None:
    stranger, owner = client_as(""), client_as("")
    for _ in range(5):
        sign_in(stranger, password="wrong")
    assert "15分钟后再试" in sign_in(stranger).content.decode()
    home = {"username": "zhoumin", "password": PASSWORD}
    assert owner.post("/sign-in/", home, REMOTE_ADDR="203.0.113.9").status_code == 302
    assert "15分钟后再试" in sign_in(stranger).content.decode()


def test_one_address_may_not_try_many_names(client_as: SignIn) -> None:
    client = client_as("")
    for n in range(throttle.SIGN_IN.address):
        assert "用户名或密码不对" in sign_in(client, username=f"nobody{n}").content.decode()
    assert "15分钟后再试" in sign_in(client).content.decode()


def test_many_addresses_together_may_not_try_one_name(client_as: SignIn) -> None:
    client, wrong = client_as(""), {"username": "zhoumin", "password": "wrong"}
    for n in range(throttle.SIGN_IN.about):
        client.post("/sign-in/", wrong, REMOTE_ADDR=f"203.0.113.{n}")
    assert "15分钟后再试" in sign_in(client).content.decode()


def test_only_our_own_proxies_are_believed_about_addresses(settings: Settings) -> None:
    asked = RequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    settings.GUIYAN_PROXIES = 0
    straight = throttle.address_of(asked)
    assert straight == throttle.address_of(RequestFactory().get("/"))
    settings.GUIYAN_PROXIES = 1
    assert throttle.address_of(asked) == throttle.address_of(RequestFactory().get("/", REMOTE_ADDR="203.0.113.7"))
    assert "203.0.113.7" not in throttle.address_of(asked)


def test_a_quarter_of_an_hour_later_the_name_is_welcome_again(client_as: SignIn) -> None:
    client = client_as("")
    for _ in range(5):
        sign_in(client, password="wrong")
    WrongTry.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_a_right_password_clears_the_wrong_ones(client_as: SignIn) -> None:
    client = client_as("")
    for _ in range(4):
        sign_in(client, password="wrong")
    sign_in(client)
    assert not WrongTry.objects.exists()


def test_ended_sessions_and_old_failures_are_cleared_away(client_as: SignIn) -> None:
    sign_in(client_as(""))
    sign_in(client_as(""), username="xurong", password="wrong")
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    WrongTry.objects.update(at=timezone.now() - timedelta(days=1))
    tasks.clear()
    assert not Session.objects.exists()
    assert not WrongTry.objects.exists()


def test_what_is_missing_is_named(client_as: SignIn) -> None:
    page = sign_in(client_as(""), username="", password="").content.decode()
    assert "请填用户名" in page and "请填密码" in page


def test_a_closed_account_cannot_sign_in(client_as: SignIn) -> None:
    User.objects.filter(username="zhoumin").update(is_active=False)
    client = client_as("")
    sign_in(client)
    assert who(client) == "访客"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_site(client_as: SignIn, elsewhere: str) -> None:
    assert sign_in(client_as(""), next=elsewhere)["Location"] == "/desk/"


def test_signing_out_ends_the_session(client_as: SignIn) -> None:
    client = client_as("")
    sign_in(client)
    assert client.post("/sign-out/").status_code == 302
    assert who(client) == "访客"
    assert client.get("/sign-out/").status_code == 405


def test_a_form_sent_after_the_session_ended_leads_back_to_the_form(client_as: SignIn) -> None:
    client = client_as("")
    sign_in(client)
    Session.objects.all().delete()
    form = "http://testserver/own/?step=2"
    response = client.post("/own/", {"bank_account": "secret-digits"}, headers={"Referer": form})
    assert response["Location"] == "/sign-in/?next=%2Fown%2F%3Fstep%3D2"
    page = client.get(response["Location"]).content.decode()
    assert "登录已过期" in page and "草稿还在" in page
    assert "secret-digits" not in page
    assert all("secret-digits" not in str(session.get_decoded()) for session in Session.objects.all())
    assert sign_in(client, next="/own/?step=2")["Location"] == "/own/?step=2"
    assert client.get("/own/?step=2").content.decode() == "周敏"


@pytest.mark.parametrize("header", ["X-Requested-With", "HX-Request"])
def test_a_script_is_told_with_a_status_it_understands(client_as: SignIn, header: str) -> None:
    response = client_as("").post("/own/", headers={header: "true", "Referer": "http://testserver/own/"})
    assert response.status_code == 401
    assert response["HX-Redirect"] == "/sign-in/?next=%2Fown%2F"


def test_a_form_without_its_token_gets_plain_words(client_as: SignIn) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"username": "zhoumin"})
    assert response.status_code == 403
    assert "Forbidden" not in response.content.decode()
    assert "页面放得太久" in response.content.decode()


def test_cookies_are_closed_to_scripts_and_to_other_sites(client_as: SignIn) -> None:
    client = client_as("")
    sign_in(client)
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies.get(name)
        assert cookie is None or (cookie["httponly"] and cookie["samesite"] == "Lax")
    assert client.cookies["sessionid"]["max-age"] == 2 * 60 * 60


def test_in_the_demo_one_click_makes_you_another_person(client_as: SignIn) -> None:
    client = client_as("zhoumin")
    response = client.post("/demo/as/", {"role": "xurong", "next": "/scope/"})
    assert response["Location"] == "/scope/"
    assert who(client) == "许蓉"
    assert AuditEntry.objects.filter(action="account.demo_switch").count() == 1


def test_outside_the_demo_there_is_no_switcher(client_as: SignIn, settings: Settings) -> None:
    settings.GUIYAN_DEMO = False
    client = client_as("zhoumin")
    assert client.post("/demo/as/", {"role": "xurong"}).status_code == 404
    assert who(client) == "周敏"
    assert "/demo/as/" not in client.get("/sign-in/").content.decode()


def test_only_demo_accounts_can_be_switched_to(client_as: SignIn) -> None:
    User.objects.create_user("real", "x", name="真实用户")
    client = client_as("zhoumin")
    assert client.post("/demo/as/", {"role": "real"}).status_code == 404
    assert client.post("/demo/as/", {"role": ""}).status_code == 404
    assert who(client) == "周敏"
