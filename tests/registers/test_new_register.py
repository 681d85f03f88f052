"""One YAML file is a register: applied to a running city it has list, form, template, import, export, API and search.

And a field is added, retyped and retired on it while rows go on coming in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from guiyan.accounts import api_keys
from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import jobs
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Field, Register, Source
from guiyan.registers import actions, queries
from guiyan.registers.models import RegisterExport
from guiyan.registers.schema import statements
from guiyan.registers.schema.indexes import wanted_indexes
from guiyan.registers.schema.live import Live, Mapped
from guiyan.registers.schema.planning import Change, SchemaRefused, changes_for, columns_after
from guiyan.registers.values import Value
from tests.fixtures import TestDatabase
from tests.registers.crafts import FIRST, LATER, City
from tests.registers.factories import COUNTY

LIST = "/desk/registers/craft/"
ROWS = 60


def craftsman(serial: int, **values: Value) -> dict[str, Value]:
    return {"name": f"匠人{serial}", "number": f"SY-{serial:04d}", "home": COUNTY, "craft": "bamboo", **values}


@pytest.mark.commits
def test_one_file_is_a_register_and_changes_with_its_rows_live(
    committed_db: TestDatabase, client_as: Callable[[str], Client], tmp_path: Path
) -> None:
    city = City(tmp_path, committed_db)
    city.write(FIRST)
    assert "新建名录表 reg_craft（手艺人名录）" in city.run("plan")
    city.run("apply")
    zhoumin, helin = client_as("zhoumin"), client_as("helin")

    filled_in(zhoumin)
    brought_in(helin)
    found_again(zhoumin, helin)
    told_to_another_system()
    taken_out(zhoumin)

    city.write(LATER)
    serial = changed_while_rows_come_in(city)
    after_the_change(zhoumin, serial)
    assert "craft" not in city.run("plan")  # nothing is left to do


def filled_in(client: Client) -> None:
    page = client.get(f"{LIST}new/").content.decode()
    assert all(label in page for label in ("手艺人编号", "从艺年数", "用料", "外号"))
    typed = {"name": "匠人一", "number": "SY-0001", "home": "通山县", "craft": "wood", "entry_source": "bureau"}
    assert client.post(f"{LIST}new/", {**typed, "number": "1"}).status_code == 422
    sent = {**typed, "years": "12", "nickname": "老木", "materials": ["wood", "paper"], "price": "86.50"}
    assert client.post(f"{LIST}new/", sent).status_code == 302


def brought_in(client: Client) -> None:
    template = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{LIST}template.xlsx").content))
    head = [str(cell).rstrip("*") for cell in template.get_sheet_by_index(0).to_python()[0]]
    assert len(head) == 12
    target = io.StringIO()
    rows = csv.writer(target)
    rows.writerow(head)
    for serial in range(2, ROWS + 1):
        row = {"姓名": f"匠人{serial}", "手艺人编号": f"SY-{serial:04d}", "所在地": "通山县", "手艺": "竹艺"}
        row["从艺年数"] = "很久" if serial == 2 else str(serial)
        rows.writerow([row.get(label, "") for label in head])
    rows.writerow(["错号", "X", *[""] * (len(head) - 2)])
    file = SimpleUploadedFile("craft.csv", target.getvalue().encode("utf-8-sig"))
    with entered(Scope.system()):
        path = Path(committed_file(file))
        summary = actions.import_rows(actor_by_username("helin"), register="craft", path=path, name="craft.csv")
    assert (summary.created, summary.refused) == (ROWS - 1, 1)


def committed_file(file: SimpleUploadedFile) -> str:
    import tempfile

    folder = tempfile.mkdtemp()
    path = Path(folder) / "craft.csv"
    path.write_bytes(file.read())
    return str(path)


def found_again(zhoumin: Client, helin: Client) -> None:
    assert "手艺人名录" in helin.get("/desk/registers/").content.decode()
    page = zhoumin.get(f"{LIST}?f-craft=wood").content.decode()
    assert "匠人一" in page and "匠人33" not in page
    assert "匠人33" in zhoumin.get("/desk/registers/search/?q=匠人33").content.decode()
    assert "匠人33" in zhoumin.get(f"{LIST}?q=jiangren33").content.decode()
    assert f"{ROWS}人" in zhoumin.get(LIST).content.decode()


def told_to_another_system() -> None:
    with entered(Scope.system()):
        made = api_keys.create_key(
            actor_by_username("yunwei"),
            name="交换",
            holder="示例局",
            scopes=["registers", "register-report"],
            per_minute=100,
            expires_on=date(2026, 12, 31),
            registers=["craft"],
            region=COUNTY,
        )
    mine = {"HTTP_AUTHORIZATION": f"Bearer {made.secret}"}
    address = "/api/v1/registers/craft/entries"
    assert len(Client().get(f"{address}?limit=200", **mine).json()["entries"]) == ROWS  # type: ignore[arg-type]
    row = {"name": "外来匠人", "number": "SY-0900", "home": "通山县", "craft": "剪纸"}
    sent = {"source": "bureau", "entries": [row]}
    told = Client().post(address, sent, content_type="application/json", **mine).json()  # type: ignore[arg-type]
    assert told["created"] == 1


def taken_out(client: Client) -> None:
    assert client.post(f"{LIST}export/", {"reason": "核对手艺人", "f-craft": "bamboo"}).status_code == 302
    with entered(Scope.system()):
        asked = RegisterExport.objects.get()
        actions.decide_export(actor_by_username("zhengwei"), export_id=asked.pk, agreed=True)
    jobs.run_pending()
    answer = client.get(f"/desk/registers/exports/{asked.pk}/file.xlsx")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert "核对手艺人" in str(rows[0][0]) and len(rows) == 2 + ROWS - 1


def changed_while_rows_come_in(city: City) -> int:
    """The number of the last row that came in meanwhile, through the release still in force."""
    process, serial = city.start("apply"), 1000
    while process.poll() is None:
        serial += 1
        with entered(Scope.system()):
            actions.record(SYSTEM, register="craft", values=craftsman(serial), source="bureau")
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert "字段 years 从 text 改为 int" in said and "加字段 award（获奖，code）" in said
    return serial


def after_the_change(client: Client, serial: int) -> None:
    with entered(Scope.system()):
        walk = queries.entries_after(SYSTEM, "craft", after=0, limit=10_000, since=None)
        by_name = {line.values["name"]: line for line in walk.lines}
        assert len(by_name) == ROWS + 1 + serial - 1000
        assert (by_name["匠人33"].values["years"], by_name["匠人2"].values["years"]) == (33, None)  # 很久 is no number
        assert by_name["匠人一"].values["price"] == 8650
        assert f"匠人{serial}" in by_name
        sorted_down = queries.entry_list(SYSTEM, "craft", sort="-years", size=2).lines
        assert [line.values["years"] for line in sorted_down] == [ROWS, ROWS - 1]
    page = client.get(f"{LIST}new/").content.decode()
    assert "获奖" in page and "外号" not in page
    assert "获奖" in client.get(LIST).content.decode()


TYPES = ("text", "int", "money", "decimal", "date", "bool", "region")
NAMES = ("a", "b", "c")


def register(fields: dict[str, str]) -> Register:
    return Register(
        id="changing",
        label="示例",
        subject="asset",
        owner_unit_kind="x",
        title_field="title",
        region_field="region",
        fields={
            "title": Field(id="title", label="名称", type="text"),
            "region": Field(id="region", label="所在地", type="region"),
            **{name: Field(id=name, label=name, type=kind, filter=True) for name, kind in fields.items()},  # type: ignore[arg-type]
        },
        sources={"bureau": Source(id="bureau", label="部门", trust=1)},
    )


def made(live: Live, wanted: Register, changes: list[Change]) -> Live:
    """The database after the changes, as the catalogue would show it."""
    mapped = {row.column: row for row in live.mapped}
    for change in changes:
        if change.mark is not None:
            stage = "live" if change.fills_from else change.mark.stage
            mapped[change.mark.column] = Mapped(change.mark.field, change.mark.column, change.mark.type, stage)
        if change.fills_from is not None:
            before = change.fills_from
            mapped[before.column] = Mapped(before.field, before.column, before.type, "retired")
    after = Live({"id": "bigint"}, {}, {}, frozenset(), tuple(mapped.values()))
    columns = columns_after(wanted, after)
    gone = {change.says.split()[-1] for change in changes if change.says.startswith("撤去")}
    indexes = {name: True for name in live.indexes if name not in gone}
    indexes |= {one.name: True for one in wanted_indexes(wanted, columns)}
    constraints = {**live.constraints, **dict.fromkeys(statements.wanted_constraints(wanted, columns), True)}
    places = [columns[one.id] for one in wanted.stored if one.type == "region"]
    statistics = {**live.statistics, **dict.fromkeys(["region", *places], statements.PLACES_COUNTED)}
    return Live({"id": "bigint"}, indexes, constraints, frozenset(), tuple(mapped.values()), statistics=statistics)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TYPES)), min_size=1, max_size=6))
def test_however_fields_come_go_and_change_nothing_is_dropped_and_a_second_apply_does_nothing(
    life: list[dict[str, str]],
) -> None:
    live = Live()
    for fields in life:
        wanted = register(fields)
        try:
            changes = list(changes_for(wanted, live))
        except SchemaRefused:
            continue
        said = [part.as_string(None) for change in changes for part in change.statements]
        assert not any("DROP COLUMN" in words or "DROP TABLE" in words or "DELETE" in words for words in said)
        columns_before = {row.column for row in live.mapped}
        live = made(live, wanted, changes)
        assert columns_before <= {row.column for row in live.mapped}
        shown = {row.field: row.type for row in live.mapped if row.stage == "live"}
        assert {name: shown[name] for name in fields} == fields
        assert list(changes_for(wanted, live)) == []
