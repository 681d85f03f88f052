"""Every address as everybody: open to whom the table says, closed to all others; reading changes nothing."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.access.doors import Door, all_doors
from tests.access.knocking import (
    CLOSED,
    OPEN,
    READING_LOGS,
    REFUSED,
    Known,
    Writings,
    address,
    addresses,
    is_sign_in,
    meaning,
    reads,
    sends,
    undrawn,
)
from tests.access.people import ELSEWHERE, EVERYBODY, NOBODY, RESIDENTS
from tests.access.world import World

pytestmark = pytest.mark.commits
DOORS = list(all_doors())
DRAWN_FOR = 3  # readers of each page; whether it opens is asked of everybody


def signed_in(username: str) -> Client:
    from guiyan.accounts.models import User

    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client


def doors_to_try(world: World, username: str, way: str, other: str) -> list[Door]:
    """Where nobody at all gets in this way, it is tried by those who get in the other way.

    Who has no post is turned away from every page of the desk by one line, whoever it is: one resident goes to all.
    """
    doors = [door for door in DOORS if getattr(door, way) or username in getattr(door, other)]
    if username not in RESIDENTS or username == min(RESIDENTS):
        return doors
    return [door for door in doors if username in door.readers | door.senders or not is_of_the_desk(door, world)]


def is_of_the_desk(door: Door, world: World) -> bool:
    return address(door, world).startswith("/desk/")


def test_every_address_is_in_the_table_and_the_table_has_no_other() -> None:
    assert {door.name for door in DOORS} == set(addresses())


@pytest.mark.usefixtures("plain_errors")
@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_pages_open_for_whom_the_table_says_and_reading_writes_nothing(
    undone: World, known: Known, username: str
) -> None:
    client, wrong, writings = signed_in(username), list[str](), Writings()
    for door in doors_to_try(undone, username, "readers", "senders"):
        with nullcontext() if username in sorted(door.readers)[:DRAWN_FOR] else undrawn():
            answer = reads(client, door, undone)
        wrong += misread(door, answer, username)
        extra = sorted(writings.since() - READING_LOGS - door.reading_writes)
        wrong += [f"{door.label}: reading it writes to {table}" for table in extra]
    assert not wrong, "\n".join(wrong)


def misread(door: Door, answer: HttpResponse, username: str) -> list[str]:
    expected = (OPEN, REFUSED) if username in door.readers else (CLOSED,)
    found = meaning(door, answer)
    return (
        []
        if found in expected
        else [f"{door.label}: {expected[0]} for {username or 'nobody'}, got {answer.status_code}"]
    )


@pytest.mark.usefixtures("plain_errors")
@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_forms_are_taken_from_whom_the_table_says(undone: World, known: Known, username: str) -> None:
    client, wrong = signed_in(username), []
    for door in doors_to_try(undone, username, "senders", "readers"):
        wrong.extend(missent(client, door, undone, username))
        if username in door.senders:
            known.forget()
    assert not wrong, "\n".join(wrong)


def missent(client: Client, door: Door, world: World, username: str) -> list[str]:
    answer = sends(client, door, world)
    expected = (OPEN, REFUSED) if username in door.senders else (CLOSED,)
    found = meaning(door, answer)
    return (
        []
        if found in expected
        else [f"{door.label}: {expected[0]} for {username or 'nobody'}, got {answer.status_code}"]
    )


def test_each_form_is_really_done_for_somebody(undone: World) -> None:
    """A form that nobody gets through would prove nothing."""
    wrong = []
    for door in DOORS:
        statuses = [sends(signed_in(who), door, undone).status_code for who in sorted(door.senders)[:2]]
        if statuses and min(statuses) >= 400:
            wrong.append(f"{door.label}: {statuses}")
    assert not wrong, "\n".join(wrong)


def test_an_officer_of_another_county_is_told_that_it_does_not_exist(undone: World) -> None:
    client = signed_in(ELSEWHERE)
    found = {door.label: answers(client, door, undone) for door in DOORS if door.local}
    assert {label: codes for label, codes in found.items() if codes != {404}} == {}


def answers(client: Client, door: Door, world: World) -> set[int]:
    """The status of reading and of sending; a way that does not exist for anybody does not count."""
    codes = {reads(client, door, world).status_code, sends(client, door, world).status_code}
    return codes - {405}


def test_who_is_not_signed_in_is_asked_to_and_comes_back(undone: World) -> None:
    client = signed_in(NOBODY)
    for door in DOORS:
        allowed = door.readers | door.senders
        if allowed and NOBODY not in allowed:
            go = reads if door.readers else sends
            assert is_sign_in(go(client, door, undone), door), door.label


def test_asking_for_the_head_of_a_page_writes_nothing(undone: World) -> None:
    for door in DOORS:
        client = signed_in(sorted(door.readers)[0]) if door.readers else signed_in("zhoumin")
        writings = Writings()
        client.head(address(door, undone))
        written = writings.since()
        assert written <= READING_LOGS | door.reading_writes, (door.label, written)
