"""New people are known again: linked where it is sure, asked about where it is not, never between two numbers."""

from __future__ import annotations

from typing import Any

import pytest

from guiyan.accounts.queries import actor_by_username
from guiyan.accounts.scope import scope_of
from guiyan.cli.link_bench import tables
from guiyan.engine.linkage import load_settings, match_one
from guiyan.engine.linkage.one import as_frame
from guiyan.engine.linkage.rows import COLUMNS
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Pack
from guiyan.registers import actions, queries, states
from guiyan.registers.linking.candidates import sharing_a_key
from guiyan.registers.models import LinkageKey, LinkageRow, LinkageWaiting, PersonLink
from guiyan.registers.rights.blocking import block_subjects
from guiyan.registers.writing.staging import run
from tests.registers.factories import BORN, CHONGYANG_TOWN, COUNTY, DAFAN, a_firm, a_person, id_number
from tests.registers.knowing import alumnus, founder, known, look

CITY = "helin"
HERE = "zhoumin"


def pair() -> PersonLink:
    with entered(Scope.system()):
        return PersonLink.objects.get()


@pytest.fixture
def links(pack: Pack) -> Pack:
    look()  # whoever is known already has a row before anybody new is looked at
    return pack


def test_an_alumnus_is_found_to_be_a_known_founder_and_the_link_says_why(links: Pack) -> None:
    one = known("chushang", founder(), "bureau")
    look()
    other = known("alumni", alumnus(), "school")
    look()
    assert queries.canonical(other) == one
    assert {hat.register for hat in queries.hats_of(one)} == {"chushang", "alumni"}
    link = pair()
    assert (link.verdict, link.how, link.merged_id, link.settings) == ("same", "system", other, "people-1")
    assert (link.probability or 0) > 0.99
    weights = {name: points for name, _, _, points in link.parts}
    assert weights["phone"] > 10 and weights["id_number"] is None


def test_what_does_not_suffice_is_asked_and_the_answer_is_kept(links: Pack) -> None:
    one = known("chushang", founder(mobile=None, firm_name=None), "bureau")
    two = known("alumni", alumnus(mobile=None), "school")
    look()
    link = pair()
    assert (link.verdict, queries.canonical(two)) == ("waiting", two)
    actions.decide_link(actor_by_username(CITY), link_id=link.pk, decision="apart", reason="电话问过")
    actions.record(SYSTEM, register="alumni", values={"degree": "master"}, source="school", subject_id=two)
    actions.record(SYSTEM, register="alumni", values={"mobile": "15412349999"}, source="school", subject_id=two)
    look()
    assert (pair().verdict, queries.canonical(two), queries.canonical(one)) == ("apart", two, one)


def test_two_reviewers_decide_one_pair_once(links: Pack) -> None:
    known("chushang", founder(mobile=None, firm_name=None), "bureau")
    known("alumni", alumnus(mobile=None), "school")
    look()
    link = pair()
    actions.decide_link(actor_by_username(CITY), link_id=link.pk, decision="same")
    with pytest.raises(Refused, match="已经"):
        actions.decide_link(actor_by_username(CITY), link_id=link.pk, decision="apart")
    assert pair().verdict == "same"


def test_never_between_two_verified_numbers(links: Pack) -> None:
    one = known("person", a_person(1), "shared")
    two = known("person", a_person(2), "shared")
    look()
    assert queries.canonical(one) != queries.canonical(two)
    with entered(Scope.system()):
        assert not PersonLink.objects.exists()
    with pytest.raises(Refused, match="身份证号都核验过"):
        actions.merge(actor_by_username(CITY), kept=one, merged=two, reason="同名")


def test_a_number_that_comes_later_and_contradicts_a_link_is_found(links: Pack) -> None:
    one = known("person", a_person(1, hukou_region=DAFAN), "shared")
    values = {"name": "刘春燕", "mobile": "15412345678", "id_number": None, "firm_name": None}
    two = known("alumni", alumnus(**values), "school")
    look()
    assert queries.canonical(two) == one
    number = id_number(BORN, "女", 77)
    actions.record(SYSTEM, register="alumni", values={"id_number": number}, source="school", subject_id=two)
    look()
    assert pair().finding == "身份证号不一样"
    assert queries.link_counts(actor_by_username(CITY))["finding"] == 1
    actions.unmerge(actor_by_username(CITY), subject_id=two, reason="号码不一样")
    look()
    assert (pair().verdict, queries.canonical(two)) == ("apart", two)


def test_a_pair_of_two_counties_is_for_the_city_and_the_county_reads_only_where(links: Pack) -> None:
    one = known("chushang", founder(mobile=None, firm_name=None, native_place=CHONGYANG_TOWN), "bureau")
    number = {"school": "示例科技学院"}
    two = known("alumni", alumnus(mobile=None, firm_name=None, region=421200000000, **number), "school")
    look()
    with entered(Scope.system()):
        PersonLink.objects.all().delete()
        link = PersonLink.objects.create(
            first_id=one, second_id=two, new_id=two, verdict="waiting", how="system", region=421200000000,
            found_at="2026-06-08T09:00+08:00",
        )  # fmt: skip
    here, city = actor_by_username(HERE), actor_by_username(CITY)
    with entered(scope_of(here)):
        assert not list(queries.links_for(here, view="waiting"))
        with pytest.raises(NotFound):
            actions.decide_link(here, link_id=link.pk, decision="same")
        assert [found.pk for found in queries.links_about([two])[1]] == [link.pk]
    with entered(scope_of(city)):
        assert [found.pk for found in queries.links_for(city, view="waiting")] == [link.pk]


def test_an_undone_import_takes_its_links_with_it(links: Pack, tmp_path: Any) -> None:
    one = known("chushang", founder(), "bureau")
    look()
    path = tmp_path / "校友.csv"
    path.write_text(
        "\ufeff姓名,校友编号,联系电话,籍贯,学校,毕业年份\n阮咸宁,XY2026-9001,15412340001,通山县大畈镇,示例科技学院,2005\n"
    )
    summary = actions.import_rows(actor_by_username(CITY), register="alumni", path=path, source="school")
    look()
    link = pair()
    assert (link.import_id, link.verdict) == (summary.import_id, "same")
    actions.undo_import(actor_by_username(CITY), import_id=summary.import_id or 0)
    look()
    assert (pair().verdict, queries.canonical(link.merged_id)) == ("void", link.merged_id)
    assert {hat.register for hat in queries.hats_of(one)} == {"chushang"}
    with entered(Scope.system()):
        assert not LinkageRow.objects.filter(pk=link.merged_id).exists()
        assert not LinkageWaiting.objects.exists()
    actions.import_rows(actor_by_username(CITY), register="alumni", path=path, source="school", at=None)
    look()
    assert (pair().verdict, queries.canonical(link.merged_id)) == ("same", one)


def test_many_of_one_name_are_neither_linked_nor_asked_about(links: Pack) -> None:
    for number in range(30):
        known("chushang", founder(number, name="张伟", mobile=None, firm_name=None), "bureau")
    look()
    with entered(Scope.system()):
        assert not PersonLink.objects.filter(verdict="same").exists()
        assert PersonLink.objects.count() <= 90
        assert LinkageKey.objects.count() == 30


def test_a_founder_whom_only_a_firm_names_is_known_by_her_number(links: Pack) -> None:
    number = id_number(BORN, "女", 1)
    known("firm", a_firm(founder_name="刘春燕", founder_id_number=number), "market")
    look()
    founder_id = queries.subject_by_id_number(number)
    other = known("alumni", alumnus(name="刘春燕", id_number=number, mobile=None), "school")
    look()
    assert queries.canonical(other) == founder_id


def test_merging_by_hand_takes_a_reason_and_can_be_taken_back(links: Pack) -> None:
    one = known("chushang", founder(mobile=None), "bureau")
    two = known("talent", {"name": "阮小宁", "number": "CC1", "region": COUNTY, "grade": "skilled"}, "bureau")
    look()
    officer = actor_by_username(HERE)
    with pytest.raises(Refused, match="原因"):
        actions.merge(officer, kept=one, merged=two)
    actions.merge(officer, kept=one, merged=two, reason="本人说改过名")
    link = pair()
    assert (link.how, link.reason, link.region) == (states.BY_HAND, "本人说改过名", COUNTY)
    with pytest.raises(Refused, match="已经是同一个档案"):
        actions.merge(officer, kept=two, merged=one, reason="再来一次")
    actions.unmerge(officer, subject_id=two, reason="弄错了")
    with pytest.raises(Refused, match="没有并入"):
        actions.unmerge(officer, subject_id=two, reason="弄错了")
    assert (pair().verdict, queries.canonical(two)) == ("apart", two)


def test_three_records_of_one_person_that_come_together_become_one(links: Pack) -> None:
    one = known("chushang", founder(), "bureau")
    two = known("alumni", alumnus(), "school")
    talent = {"name": "阮咸宁", "number": "CC1", "region": DAFAN, "grade": "skilled", "mobile": "15412340001"}
    three = known("talent", talent, "bureau")
    look()
    assert [queries.canonical(each) for each in (one, two, three)] == [one, one, one]
    actions.unmerge(SYSTEM, subject_id=two)
    assert [queries.canonical(each) for each in (one, two, three)] == [one, two, one]
    assert {hat.register for hat in queries.hats_of(one)} == {"chushang", "talent"}


def test_the_tables_give_the_links_that_one_person_against_a_list_gives(links: Pack) -> None:
    blank = dict.fromkeys(COLUMNS)
    rows = [
        {**blank, "name": "张伟", "birth_year": 1985, "native_region": "421224", "phone": "15412340001"},
        {**blank, "name": "章伟", "birth_year": 1985, "native_region": "421224", "employer": "归雁农业有限公司"},
        {**blank, "name": "张卫（曾用名：张伟）", "phone": "15412340002", "id_number": id_number(BORN, "男", 9)},
        {**blank, "name": "李娜", "phone": "15412340001"},
    ]
    new = {**blank, "name": "張偉", "birth_year": 1985, "native_region": "421224107", "phone": "+8615412340001"}
    known_people = [{"id": tables.FIRST + place, **row} for place, row in enumerate(rows)]
    expected = match_one(new, known_people, load_settings())
    with entered(Scope.system()):
        tables.write(as_frame(rows), tables.FIRST)
        run(f"{tables.COPIED} VALUES ({tables.NEW}, 'person', {tables.NEW}, {tables.NEW}, '', {COUNTY}, now())")
        _, found = tables.found_in_tables(new)
    told = [(other, match.probability, match.decision, match.reason) for other, match in found]
    assert len(expected) > 1 and told == [tuple(each) for each in expected]


def test_a_key_that_too_many_have_is_not_followed(links: Pack) -> None:
    ids = [known("chushang", founder(number, mobile=None, firm_name=None), "bureau") for number in range(5)]
    look()
    with entered(Scope.system()):
        assert sharing_a_key(ids[:1], 5)[ids[0]] == set(ids)
        assert sharing_a_key(ids[:1], 4) == {}


def test_whoever_has_no_name_is_nobody_that_is_known(links: Pack) -> None:
    number = id_number(BORN, "女", 5)
    known("firm", a_firm(founder_name=None, founder_id_number=number), "market")
    known("chushang", founder(name="·", mobile=None, firm_name=None), "bureau")
    look()
    with entered(Scope.system()):
        assert not PersonLink.objects.exists()
        assert {row.name for row in LinkageRow.objects.all()} == {None}


def test_the_reason_keeps_no_number(links: Pack) -> None:
    known("chushang", founder(mobile=None), "bureau")
    known("alumni", alumnus(mobile=None, firm_name=None), "school")
    look()
    reason = f"问过15412345678，号码{id_number(BORN, '女', 5)}"
    actions.decide_link(actor_by_username(CITY), link_id=pair().pk, decision="aside", reason=reason)
    assert "15412345678" not in pair().reason and id_number(BORN, "女", 5) not in pair().reason


def test_whose_data_are_blocked_is_compared_with_nobody(links: Pack) -> None:
    number = id_number(BORN, "女", 1)
    one = known("person", a_person(1), "shared")
    known("firm", a_firm(founder_id_number=number), "market")
    look()
    with entered(Scope.system()):
        block_subjects(links, [one], basis="本人要求", by_label="示例", request=None, erased=False)
    known("firm", a_firm(2, founder_id_number=number), "market")
    other = known("alumni", alumnus(name="刘春燕", mobile="15412345678"), "school")
    look()
    assert queries.canonical(other) == other
    with entered(Scope.system()):
        assert not LinkageRow.objects.filter(pk=one).exists() and not PersonLink.objects.exists()
