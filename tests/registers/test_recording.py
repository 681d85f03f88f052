"""Reports become typed rows: by key, by trust, by recency, never losing who said what."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import ProgrammingError, connection, connections

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.models import Assertion, SearchTerm
from tests.fixtures import TestDatabase
from tests.registers.factories import CHONGYANG_TOWN, a_firm, a_person, a_returnee


def test_a_report_makes_a_subject_an_entry_a_hat_and_words_to_find_it_by(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    held = queries.entry(SYSTEM, "person", who)
    assert held is not None
    assert (held["name"], held["gender"], held["birth_date"]) == ("刘春燕", "female", date(1997, 5, 12))
    assert [hat.register for hat in queries.hats_of(who)] == ["person"]
    assert [one.pk for one in queries.search(SYSTEM, "chunyan")] == [who]
    assert [one.pk for one in queries.search(SYSTEM, "春燕")] == [who]
    assert [one.pk for one in queries.search(SYSTEM, "5678")] == [who]


def test_numbers_are_stored_sealed_and_shown_masked(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    held = queries.entry(SYSTEM, "person", who)
    number = str(a_person()["id_number"])
    assert held is not None and held["id_number"] == f"4212**********{number[-4:]}"
    assert held["phone"] == "154****5678"
    assert number not in str(Assertion.objects.get(subject_id=who).fields)
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM reg_person r WHERE subject_id = %s", [who])
        assert number not in cursor.fetchone()[0]


def test_the_same_number_in_another_register_is_the_same_subject(pack: Pack) -> None:
    first = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    assert actions.record(SYSTEM, register="returnee", values=a_returnee(), source="visit") == first
    assert queries.subject_by_id_number(str(a_person()["id_number"])) == first
    assert [hat.register for hat in queries.hats_of(first)] == ["person", "returnee"]


def test_the_more_trusted_source_wins_and_among_equals_the_newer(pack: Pack) -> None:
    who = actions.record(
        SYSTEM, register="person", values=a_person(degree="college"), source="shared", at=date(2025, 1, 1)
    )
    actions.record(
        SYSTEM, register="person", values={"degree": "none"}, source="self", at=date(2026, 1, 1), subject_id=who
    )
    held = queries.entry_view(SYSTEM, "person", who)
    degree = next(cell for cell in held.cells if cell.field.id == "degree")
    assert (degree.value, degree.source, degree.checked_on) == ("college", "部门数据共享", date(2025, 1, 1))
    assert held.checked_on == date(2026, 1, 1)
    newer = {"degree": "bachelor"}
    actions.record(SYSTEM, register="person", values=newer, source="shared", at=date(2025, 9, 1), subject_id=who)
    assert (queries.entry(SYSTEM, "person", who) or {})["degree"] == "bachelor"


def test_the_same_report_twice_is_one_report(pack: Pack) -> None:
    for _ in range(2):
        who = actions.record(SYSTEM, register="person", values=a_person(), source="shared", at=date(2026, 1, 1))
    assert Assertion.objects.filter(subject_id=who).count() == 1
    assert queries.entry_view(SYSTEM, "person", who).version == 1


def test_reports_can_not_be_changed_or_removed(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    for statement in ("UPDATE registers_assertion SET source = 'self'", "DELETE FROM registers_assertion"):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, entered(Scope.system()), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Assertion.objects.get(subject_id=who).source == "shared"


def test_a_firm_leads_to_its_founder_whoever_was_reported_first(pack: Pack) -> None:
    firm = actions.record(SYSTEM, register="firm", values=a_firm(), source="market")
    founder = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    assert [one.pk for one in queries.firms_of(founder)] == [firm]
    assert queries.subject(founder).display_name == "刘春燕"


def test_the_founder_sees_her_firm_and_nobody_elses(pack: Pack) -> None:
    founder = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    firm = actions.record(SYSTEM, register="firm", values=a_firm(), source="market")
    other = actions.record(SYSTEM, register="firm", values=a_firm(2, founder_id_number=None), source="market")
    with entered(Scope.of_subject(founder)):
        assert [one.pk for one in queries.firms_of(founder)] == [firm]
        assert queries.facts_of(founder, date(2026, 6, 8))["business_registrations"] == 1
        with pytest.raises(NotFound):
            queries.subject(other)


def test_facts_come_with_their_source_and_what_is_unknown_is_absent(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared", at=date(2026, 5, 1))
    assert "is_returnee" not in queries.facts_of(who, date(2026, 6, 8))
    assert "business_registrations" not in queries.facts_of(who, date(2026, 6, 8))
    actions.record(SYSTEM, register="returnee", values=a_returnee(), source="visit", at=date(2026, 5, 2))
    actions.record(SYSTEM, register="firm", values=a_firm(), source="market", at=date(2026, 5, 3))
    rows = {row.fact: row for row in queries.facts_with_sources(who, date(2026, 6, 8))}
    assert rows["is_returnee"].value is True
    assert rows["return_date"].value == date(2026, 2, 21)
    assert (rows["business_registered_on"].value, rows["business_registered_on"].source) == (
        date(2026, 3, 18),
        "市场监管共享",
    )
    assert (rows["founded_entity"].value, rows["jobs_led"].value) == ("individual", 4)
    assert (rows["age_years"].value, rows["age_years"].checked_on) == (29, date(2026, 5, 1))


def test_a_merged_subject_answers_for_both_and_can_be_taken_apart(pack: Pack) -> None:
    one = actions.record(SYSTEM, register="person", values=a_person(1), source="shared")
    two = actions.record(SYSTEM, register="returnee", values=a_returnee(2), source="visit")
    actions.merge(SYSTEM, kept=one, merged=two)
    assert queries.canonical(two) == one == queries.lock_canonical(two)
    assert queries.facts_of(one, date(2026, 6, 8))["is_returnee"] is True
    with pytest.raises(Refused, match="已经是同一个档案"):
        actions.merge(SYSTEM, kept=two, merged=one)
    actions.unmerge(SYSTEM, subject_id=two)
    assert queries.canonical(two) == two
    assert "is_returnee" not in queries.facts_of(one, date(2026, 6, 8))


def test_taking_apart_keeps_what_was_merged_before(pack: Pack) -> None:
    a, b, c = (
        actions.record(SYSTEM, register="person", values=a_person(serial), source="shared") for serial in (1, 2, 3)
    )
    actions.merge(SYSTEM, kept=b, merged=c)
    actions.merge(SYSTEM, kept=a, merged=b)
    assert queries.canonical(c) == a
    actions.unmerge(SYSTEM, subject_id=b)
    assert (queries.canonical(b), queries.canonical(c)) == (b, b)


def test_a_list_field_lies_in_its_own_table(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="returnee", values=a_returnee(needs=("funds", "site")), source="visit")
    assert (queries.entry(SYSTEM, "returnee", who) or {})["needs"] == ("funds", "site")
    actions.record(
        SYSTEM, register="returnee", values={"needs": ("sales",)}, source="case", subject_id=who, at=date(2027, 1, 1)
    )
    assert (queries.entry(SYSTEM, "returnee", who) or {})["needs"] == ("sales",)


def test_what_is_not_declared_is_refused_by_name(pack: Pack) -> None:
    with pytest.raises(Refused, match="没有字段：shoe_size"):
        actions.record(SYSTEM, register="person", values=a_person(shoe_size=42), source="shared")
    with pytest.raises(Refused, match="没有来源“rumour”"):
        actions.record(SYSTEM, register="person", values=a_person(), source="rumour")


def test_only_who_imports_for_a_region_reports_there(actor: Callable[[str], Actor]) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        actions.record(actor("lihuifang"), register="person", values=a_person(), source="visit")
    who = actions.record(actor("helin"), register="person", values=a_person(), source="visit")
    checker = actor("caoyun")
    with pytest.raises((NotAllowed, NotFound)):
        actions.record(checker, register="returnee", values=a_returnee(), source="case")
    at_home_elsewhere = {"register": "returnee", "values": a_returnee(6), "source": "case", "region": CHONGYANG_TOWN}
    assert actions.record(checker, **at_home_elsewhere)  # type: ignore[arg-type]
    elsewhere = a_returnee(5, home_region=CHONGYANG_TOWN)
    assert actions.record(checker, register="returnee", values=elsewhere, source="case") != who


def test_seeing_a_number_in_full_needs_permission_and_is_logged(actor: Callable[[str], Actor]) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    assert queries.reveal(actor("zhoumin"), who, "id_number", "受理核对") == a_person()["id_number"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, targets, purpose FROM audit_entry ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == ("read:person.id_number", [f"subject:{who}"], "受理核对")
    for username in ("caoyun", "huanglei"):
        with pytest.raises((NotAllowed, NotFound)):
            queries.reveal(actor(username), who, "id_number", "看看")


def test_another_name_is_found_as_well_as_the_former_one(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared", at=date(2025, 1, 1))
    renamed = a_person(name="刘春艳")
    actions.record(SYSTEM, register="person", values=renamed, source="shared", at=date(2026, 1, 1))
    assert queries.subject(who).display_name == "刘春艳"
    assert {one.pk for text in ("刘春燕", "刘春艳") for one in queries.search(SYSTEM, text)} == {who}
    assert SearchTerm.objects.filter(subject_id=who, term="刘春燕").exists()


def test_a_relation_follows_what_the_register_shows(pack: Pack) -> None:
    one, two = (actions.record(SYSTEM, register="person", values=a_person(n), source="shared") for n in (1, 2))
    said = {"source": "self", "at": date(2026, 4, 1)}
    firm = actions.record(SYSTEM, register="firm", values=a_firm(founder_id_number=a_person(2)["id_number"]), **said)  # type: ignore[arg-type]
    assert [found.pk for found in queries.firms_of(two)] == [firm]
    actions.record(SYSTEM, register="firm", values=a_firm(), source="market", at=date(2026, 3, 20))
    assert ([found.pk for found in queries.firms_of(one)], queries.firms_of(two)) == ([firm], [])
    assert queries.subject(firm).holder_id == one


@pytest.mark.commits
def test_two_writers_at_once_make_one_subject(committed_db: TestDatabase) -> None:
    def write(source: str, serial: int, start: Barrier) -> int:
        start.wait()
        with entered(Scope.system()):
            who = actions.record(SYSTEM, register="person", values=a_person(serial), source=source)
        connections.close_all()
        return who

    for serial in range(1, 6):
        with ThreadPoolExecutor(2) as threads:
            made = set(threads.map(write, ("shared", "visit"), [serial] * 2, [Barrier(2)] * 2))
        with entered(Scope.system()):
            assert len(made) == 1
            assert Assertion.objects.filter(subject_id__in=made).count() == 2
            assert len(queries.entry_view(SYSTEM, "person", made.pop()).cells) > 0
