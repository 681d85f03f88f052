"""What was told to 我能享受什么 stands in the application: marked as told by her, behind what registers hold."""

from __future__ import annotations

import pytest
from django.test import Client

from guiyan.accounts.models import User
from guiyan.cases import actions, answers
from guiyan.cases.models import Case
from guiyan.cases.queries import case_page
from tests.cases import people
from tests.portal.residents import begun, page, resident, words

pytestmark = pytest.mark.usefixtures("library")
GRADUATE = "/apply/graduate-startup-subsidy/"


def told(client: Client, **said: str) -> None:
    for fact, value in said.items():
        sent = client.post(f"/can-i-get/q/{fact}/", {"answer": value})
        assert sent.status_code == 302, sent.content.decode()[:2000]


def a_draft(client: Client) -> tuple[str, Case]:
    path = str(client.post(GRADUATE).url)  # type: ignore[attr-defined]
    return path, Case.objects.get()


def test_what_was_told_is_in_the_form_and_marked_as_her_own_word() -> None:
    client, _ = resident()
    told(client, is_graduate="true", graduation_date="2024-06-20", jobs_led_excluding_founder="3")
    seen = words(page(client, GRADUATE))
    assert "您刚才填的会带进申请表" in seen and "毕业日期：2024年6月20日" in seen
    path, case = a_draft(client)
    given = answers.answers_of(case)
    assert (given["is_graduate"], given["graduation_date"], given["jobs_led_excluding_founder"]) == (
        "true",
        "2024-06-20",
        "3",
    )
    html = page(client, path)
    assert 'value="2024-06-20"' in html and words(html).count("您在“我能享受什么”里填的") == 3
    assert answers.source_of(case, "is_graduate") == "本人在“我能享受什么”里填写"


def test_her_own_change_takes_the_mark_away_and_saving_the_same_does_not() -> None:
    client, _ = resident()
    told(client, is_graduate="true", jobs_led_excluding_founder="3")
    path, case = a_draft(client)
    client.post(f"{path}save/", {"is_graduate": "true", "jobs_led_excluding_founder": "2"})
    case.refresh_from_db()
    assert answers.source_of(case, "is_graduate") == "本人在“我能享受什么”里填写"
    assert answers.source_of(case, "jobs_led_excluding_founder") == "本人提交"


def test_what_registers_hold_counts_before_what_was_told() -> None:
    client = Client()
    told(client, business_registrations="2", is_returnee="false")
    person = people.a_returnee()
    user = User.objects.get(username="liuchunyan")
    User.objects.filter(pk=user.pk).update(subject_id=person.subject_id)
    client.force_login(User.objects.get(pk=user.pk))
    assert "您刚才填的会带进申请表" not in words(page(client, "/apply/startup-subsidy/"))
    begun(client)
    case = Case.objects.get()
    assert "business_registrations" not in answers.answers_of(case)
    assert case.held["business_registrations"]["value"] == "1"


def test_what_was_told_before_signing_in_is_carried_and_stands_in_no_address() -> None:
    client = Client()
    told(client, is_graduate="true", graduation_date="2024-06-20")
    person = people.a_returnee()
    user = User.objects.get(username="liuchunyan")
    User.objects.filter(pk=user.pk).update(subject_id=person.subject_id)
    client.force_login(User.objects.get(pk=user.pk))
    path, case = a_draft(client)
    assert answers.answers_of(case)["graduation_date"] == "2024-06-20"
    assert "2024" not in path and "true" not in path


def test_what_does_not_fit_is_asked_and_a_draft_is_not_written_over() -> None:
    _, person = resident()
    case = people.a_draft(person)
    actions.carry_told(person.actor, case=case, told={"jobs_led": 9, "founded_entity": "guild"})
    case.refresh_from_db()
    assert answers.answers_of(case)["jobs_led"] == "4"
    assert "founded_entity" not in answers.answers_of(case)


def test_the_office_reads_whose_word_it_is() -> None:
    client, person = resident()
    told(client, is_graduate="true")
    _, case = a_draft(client)
    rows = {row.id: row for row in case_page(person.actor, case).answers}
    assert rows["is_graduate"].source == "本人在“我能享受什么”里填写"
