"""Register tables follow the pack: added to, never taken from; planned before they are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Field, Pack, Register
from guiyan.registers import actions, queries, schema
from guiyan.registers.models import RegisterColumn
from guiyan.registers.schema.applying import answered_in
from guiyan.registers.schema.columns import index_name
from guiyan.registers.schema.indexes import wanted_indexes
from guiyan.registers.schema.live import Live
from guiyan.registers.schema.planning import changes_for, index_changes
from tests import database
from tests.fixtures import TestDatabase
from tests.registers.factories import a_person


def with_fields(pack: Pack, register: str, **fields: Field | None) -> Pack:
    """The pack with fields of a register changed, added, or (None) left out."""
    declared = pack.registers[register]
    kept = {name: one for name, one in {**declared.fields, **fields}.items() if one is not None}
    changed = declared.model_copy(update={"fields": kept})
    return Pack.from_content(pack.model_copy(update={"registers": {**pack.registers, register: changed}}).content())


@contextmanager
def as_owner(place: TestDatabase) -> Iterator[None]:
    database.connect_django(place.dsn, place.name, "owner")
    yield
    database.connect_django(place.dsn, place.name, "app")


@pytest.fixture
def person(pack: Pack) -> Register:
    return pack.registers["person"]


def test_an_empty_database_needs_a_table_its_columns_and_their_indexes(person: Register) -> None:
    said = [change.says for change in changes_for(person, Live())]
    assert said[0] == "新建名录表 reg_person（人员基础信息）"
    assert "加字段 id_number（身份证号，id_number）" in said
    assert f"建立索引 {index_name('reg_person', 'region', 'name', 'id')}" in said
    assert f"建立索引 {index_name('reg_person', 'gender', 'name', 'id', 'region')}" in said
    assert f"建立索引 {index_name('reg_person', 'checked_on', 'id', 'region')}" in said
    assert f"建立索引 {index_name('reg_person', 'id_number_digest')}" in said
    assert "按区划统计得更细：region、hukou_region、residence_region" in said


def test_an_index_that_nothing_needs_goes_after_those_that_are_needed_are_built(person: Register) -> None:
    wanted = {index.name: True for index in wanted_indexes(person, {name: name for name in person.fields})}
    before = {"reg_person_pkey": True, index_name("reg_person", "region", "gender", "name"): True}
    live = Live({"id": "bigint"}, {**wanted, **before})
    assert [change.says for change in index_changes(person, live, {name: name for name in person.fields})] == [
        "撤去不再用的索引 reg_person__region__gender__name_ix"
    ]
    live = Live({"id": "bigint"}, before)
    said = [change.says for change in index_changes(person, live, {name: name for name in person.fields})]
    assert said[-1].startswith("撤去") and all(words.startswith("建立索引") for words in said[:-1])


def test_digests_have_an_index_only_where_entries_are_found_by_them(pack: Pack) -> None:
    """Whom a number belongs to is asked of the keys of subjects; of a phone the last digits are search terms."""
    found = {
        column.removesuffix("_digest")
        for register in pack.registers.values()
        for index in wanted_indexes(
            register, {name: name for name in register.fields}, is_answered=register.id in answered_in(pack)
        )
        for column in index.columns
        if column.endswith("_digest")
    }
    answers = {one.answers.field for one in pack.registers.values() if one.answers is not None}
    assert found <= answers | {pack.registers[name].key_field for name in answered_in(pack)}
    person = pack.registers["person"]
    alone = wanted_indexes(person, {name: name for name in person.fields}, is_answered=False)
    assert "person" not in answered_in(pack) and not [one for one in alone if one.columns[0].endswith("_digest")]
    named = wanted_indexes(person, {name: name for name in person.fields}, is_answered=True)
    assert [one.columns for one in named if one.columns[0].endswith("_digest")] == [("id_number_digest",)]


def test_a_foreign_key_of_an_earlier_list_table_goes(person: Register) -> None:
    key = ("reg_person__needs", "reg_person__needs_entry_id_fkey")
    found = changes_for(person, Live({"id": "bigint"}, foreign=frozenset({key})))
    drops = [change.statements[0].as_string(None) for change in found if "撤去明细表" in change.says]
    assert drops == [f'ALTER TABLE "{key[0]}" DROP CONSTRAINT IF EXISTS "{key[1]}"']


def test_a_filter_or_sort_costs_one_index_and_a_day_that_is_both_no_second(person: Register, pack: Pack) -> None:
    def about(register: Register, field: str) -> list[tuple[str, ...]]:
        found = wanted_indexes(register, {name: name for name in register.fields})
        return [index.columns for index in found if field in index.columns]

    assert about(person, "gender") == [("gender", "name", "id", "region")]
    born = person.fields["birth_date"].model_copy(update={"sort": True})
    both = with_fields(pack, "person", birth_date=born).registers["person"]
    assert about(both, "birth_date") == [("birth_date", "id", "region")]


def test_long_names_stay_within_what_the_database_keeps_and_apart() -> None:
    one, two = (index_name("reg_" + "x" * 60, "region", field) for field in ("a", "b"))
    assert len(one) <= 63 and one != two
    assert index_name("reg_investor_deal", "amount") != index_name("reg_investor", "deal_amount")


@pytest.mark.commits
def test_applying_again_changes_nothing(committed_db: TestDatabase, pack: Pack) -> None:
    with as_owner(committed_db):
        assert schema.plan(pack) == []
        assert schema.apply(pack) == []


@pytest.mark.commits
def test_a_new_field_is_an_empty_column_and_a_retired_one_keeps_its_data(
    committed_db: TestDatabase, pack: Pack
) -> None:
    with entered(Scope.system()):
        who = actions.record(SYSTEM, register="person", values=a_person(is_veteran=True), source="shared")
    hobby = Field(id="hobby", label="爱好", type="text", filter=True)
    changed = with_fields(pack, "person", hobby=hobby, is_veteran=None)
    with as_owner(committed_db):
        assert [change.says for change in schema.plan(changed)][:2] == [
            "加字段 hobby（爱好，text）",
            "停用字段 is_veteran（保留数据，不再显示）",
        ]
        schema.apply(changed)
        assert schema.plan(changed) == []
        assert "重新启用字段 is_veteran（退役军人）" in [change.says for change in schema.plan(pack)]
    with entered(Scope.system()), connection.cursor() as cursor:
        cursor.execute("SELECT hobby, is_veteran FROM reg_person WHERE subject_id = %s", [who])
        assert cursor.fetchone() == (None, True)


@pytest.mark.commits
def test_a_changed_type_moves_to_a_new_column_with_what_can_be_read(committed_db: TestDatabase, pack: Pack) -> None:
    old = with_fields(pack, "person", shoes=Field(id="shoes", label="鞋码", type="text"))
    new = with_fields(pack, "person", shoes=Field(id="shoes", label="鞋码", type="int", filter=True))
    with as_owner(committed_db):
        schema.apply(old)
        with entered(Scope.system()), connection.cursor() as cursor:
            for number, said in enumerate(("38", "大号"), 1):
                cursor.execute(
                    "INSERT INTO reg_person (subject_id, holder_id, region, shoes) VALUES (%s, %s, 421224107206, %s)",
                    [900 + number, 900 + number, said],
                )
        assert schema.apply(new)[0].says == "字段 shoes 从 text 改为 int：新列 shoes_int，分批填充后切换"
        assert schema.plan(new) == []
    with entered(Scope.system()), connection.cursor() as cursor:
        cursor.execute("SELECT shoes, shoes_int FROM reg_person WHERE subject_id > 900 ORDER BY subject_id")
        assert cursor.fetchall() == [("38", 38), ("大号", None)]
    stages = dict(RegisterColumn.objects.filter(field="shoes").values_list("column", "stage"))
    assert stages == {"shoes": "retired", "shoes_int": "live"}


def test_an_encrypted_field_can_not_become_plain(person: Register, pack: Pack) -> None:
    plain = with_fields(pack, "person", phone=Field(id="phone", label="手机号", type="text"))
    with pytest.raises(schema.SchemaRefused, match="不能从 phone 改成 text"):
        schema.plan(plain)


@pytest.mark.usefixtures("scoped_db")
def test_a_wrong_region_does_not_get_into_a_row_by_any_way(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    refused = pytest.raises(IntegrityError, match="hukou_region_is_region")
    with refused, entered(Scope.system()), connection.cursor() as cursor:
        cursor.execute("UPDATE reg_person SET hukou_region = 4212 WHERE subject_id = %s", [who])


@pytest.mark.usefixtures("scoped_db")
def test_without_a_scope_every_register_table_is_empty(pack: Pack) -> None:
    actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    tables = ["reg_person", "reg_returnee__needs"]
    tables += [f"registers_{name}" for name in ("subject", "subjectkey", "hat", "searchterm", "assertion", "relation")]
    with entered(Scope()), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
    assert queries.search(SYSTEM, "刘春燕")
