"""Edges of one's own data: merged and taken apart, an officer with a file of her own, very many looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound
from guiyan.registers import actions
from guiyan.registers.models import Subject
from guiyan.registers.queries import personal
from tests.registers.factories import a_person

pytestmark = pytest.mark.usefixtures("scoped_db")


def account_of(subject_id: int) -> Actor:
    User.objects.filter(username="liuchunyan").update(subject_id=subject_id)
    return actor_of(User.objects.get(username="liuchunyan"))


def test_merged_she_sees_what_is_held_under_both_names_and_taken_apart_her_own() -> None:
    kept = actions.record(SYSTEM, register="person", values=a_person(1), source="shared")
    other = actions.record(SYSTEM, register="person", values=a_person(2, phone="15487654321"), source="visit")
    before = personal.my_data(account_of(kept))
    with pytest.raises(NotFound):
        personal.my_field(account_of(kept), "person", other, "phone")
    Subject.objects.filter(pk=other).update(merged_into_id=kept, canonical_id=kept)
    audit.record_read(SYSTEM, "dossier", [f"subject:{other}"], "合并前看过")
    both = personal.my_data(account_of(kept))
    assert [one.entry_id for one in both.entries] == [kept, other]
    assert [one.purpose for one in both.looks.alone] == ["合并前看过"]
    _, held = personal.my_field(account_of(kept), "person", other, "phone")
    assert held.value == "154****4321"
    Subject.objects.filter(pk=other).update(merged_into_id=None, canonical_id=other)
    apart = personal.my_data(account_of(kept))
    assert (apart.entries, apart.looks.alone) == (before.entries, ())


def test_an_officer_who_opens_her_own_file_reads_that_it_was_herself(actor: Callable[[str], Actor]) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    User.objects.filter(username="zhoumin").update(subject_id=who)
    herself = actor_of(User.objects.get(username="zhoumin"))
    audit.record_read(herself, "dossier", [f"subject:{who}"], "查看一人一档")
    audit.record_read(actor("zhengwei"), "dossier", [f"subject:{who}"], "查看一人一档")
    assert [one.who == "您本人" for one in personal.my_data(herself).looks.alone] == [False, True]


def test_a_page_of_many_looks_costs_no_more_than_a_page_of_few(actor: Callable[[str], Actor]) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    me, officer = account_of(who), actor("zhoumin")

    def cost(number: int) -> int:
        for _ in range(number):
            audit.record_read(officer, "dossier", [f"subject:{who}"], "查看一人一档")
            audit.record_read(officer, "register.person", [f"subject:{who}", "subject:7"], "列表")
        with CaptureQueriesContext(connection) as captured:
            personal.my_looks(me, before=None)
        return len(captured)

    assert cost(1) == cost(60)
