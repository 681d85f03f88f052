"""Addresses of registers, imports and lists for comparison."""

from __future__ import annotations

import json
from datetime import date

from guiyan.registers.keeping.marks import marks_of_entry
from guiyan.registers.models import ComparisonList, Hat, ImportFile, ImportRun, ListRefusal, RegisterExport
from guiyan.registers.sample.numbers import id_number
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import (
    ACCEPTOR,
    BATCHER,
    CALLER,
    ELSEWHERE,
    LEADER,
    PERSON_READERS,
    POLICY,
    REGISTER_READERS,
    REVIEWER,
)
from tests.access.world import World
from tests.registers.test_noun import a_listed_firm

LISTED = REGISTER_READERS | {"caoyun"}
EDITORS_HERE = frozenset({ACCEPTOR, POLICY})
EDITORS, APPROVERS = EDITORS_HERE | {ELSEWHERE}, frozenset({REVIEWER, LEADER})
IMPORTERS, COMPARERS = frozenset({POLICY}), frozenset({POLICY, BATCHER})
COLUMNS = ["name", "id_number", "residence_region", ""]
PEOPLE_FILE = "姓名,身份证号,常住地,手机号\n"
PAID = id_number(date(1980, 1, 1), "男", 77)
LIST_FILE = f"身份证号,姓名,金额,发放日期,发放单位\n{PAID},示例,5000,2024-05-06,通山县人社局\n"


def entry(world: World) -> Values:
    return {"register": "person", "subject_id": world.cases["checking"].subject_id}


def run(world: World) -> Values:
    return {"import_id": ImportRun.objects.order_by("-pk")[0].pk}


def refusal(world: World) -> Values:
    return {"list_id": "paid-before", "refusal_id": ListRefusal.objects.get().pk}


def issue(world: World) -> Values:
    """The city's, which no county takes back."""
    return {"list_id": "deaths", "issue_id": ComparisonList.objects.get(list_id="deaths", is_current=True).pk}


def handed(world: World) -> Values:
    return {"file_id": ImportFile.objects.order_by("-pk")[0].pk}


def file(text: str) -> Values:
    return {"file": upload("名录.csv", ("\ufeff" + text).encode()), "source": "self", "as_of": "2026-06-17"}


def listed(world: World) -> Values:
    """The entry that was written down at the desk of Tongshan."""
    return {"register": "listed", "subject_id": Hat.objects.get(register="listed").subject_id}


def waiting(world: World) -> Values:
    return {"export_id": RegisterExport.objects.get(decided_at=None).pk}


def made(world: World) -> Values:
    return {"export_id": RegisterExport.objects.get(agreed=True).pk}


def a_form(world: World) -> Values:
    firm = a_listed_firm(32)
    return {
        "name": "咸宁示例电子",
        "credit_code": firm["credit_code"],
        "region": "通山县",
        "is_listed": "false",
        "entry_source": "bureau",
    }


def a_change(world: World) -> Values:
    """Of the entry that was written down: another name."""
    firm = a_listed_firm(31)
    was = marks_of_entry("listed", int(str(listed(world)["subject_id"])))
    return {**a_form(world), "credit_code": firm["credit_code"], "entry_was": json.dumps(was)}


DOORS = [
    Door("registers:new", EDITORS, EDITORS, lambda world: {"register": "listed"}, a_form),
    Door("registers:edit", EDITORS_HERE, EDITORS_HERE, listed, a_change, local=True),
    Door("registers:entry-sections", NOONE, EDITORS_HERE, listed, a_form, local=True),
    Door("registers:entry-draft", NOONE, EDITORS, listed, a_form),
    Door(
        "registers:level",
        frozenset({REVIEWER, POLICY}),
        frozenset({REVIEWER, POLICY}),
        listed,
        lambda world: {"to": "silver", "reason": "评审通过", "evidence": "会议纪要", "decided_on": "2026-06-16"},
        local=True,
    ),
    Door(
        "registers:void",
        EDITORS_HERE,
        EDITORS_HERE,
        lambda world: {
            "register": "listed-coaching",
            "subject_id": Hat.objects.get(register="listed-coaching").subject_id,
        },
        lambda world: {"reason": "记重了"},
        local=True,
    ),
    Door("registers:paper", EDITORS_HERE, at=lambda world: {**listed(world), "kind": "docx"}, local=True),
    Door("registers:export", EDITORS, EDITORS, lambda world: {"register": "listed"}, lambda world: {"reason": "核对"}),
    Door("registers:exports", LISTED),
    Door("registers:export-decide", APPROVERS, APPROVERS, waiting, lambda world: {"agreed": "yes"}, local=True),
    Door(
        "registers:export-file",
        frozenset({ACCEPTOR}),
        at=made,
        reading_writes=frozenset({"registers_registerexport"}),
        local=True,
    ),
    Door("registers:index", LISTED),
    Door("registers:search", LISTED, query="q=%E8%B5%B5"),
    Door("registers:list", LISTED, at=lambda world: {"register": "person"}, what="person"),
    Door("registers:list", LISTED, at=lambda world: {"register": "firm"}, what="firm"),
    Door("registers:list", LISTED, at=lambda world: {"register": "returnee"}, what="returnee"),
    Door("registers:map", LISTED, at=lambda world: {"register": "returnee"}),
    Door("registers:entry", PERSON_READERS, at=entry, local=True),
    Door(
        "registers:reveal",
        frozenset({ACCEPTOR, REVIEWER, CALLER}),
        frozenset({ACCEPTOR, REVIEWER, CALLER}),
        lambda world: {**entry(world), "field": "phone"},
        lambda world: {"purpose_kind": "核对申请材料"},
        local=True,
    ),
    Door(
        "registers:import",
        IMPORTERS,
        IMPORTERS,
        lambda world: {"register": "person"},
        lambda world: file(PEOPLE_FILE),
    ),
    Door("registers:template", IMPORTERS, at=lambda world: {"register": "person"}),
    Door("registers:import-result", IMPORTERS, at=run),
    Door("registers:import-errors", IMPORTERS, at=run),
    Door("registers:import-undo", IMPORTERS, IMPORTERS, run),
    Door(
        "registers:file",
        IMPORTERS,
        IMPORTERS,
        handed,
        lambda world: {"field": COLUMNS},
    ),
    Door("registers:file-confirm", NOONE, IMPORTERS, handed),
    Door("registers:file-drop", NOONE, IMPORTERS, handed),
    Door("registers:file-returned", IMPORTERS, at=handed),
    Door("registers:lists", COMPARERS),
    Door(
        "registers:list-import",
        COMPARERS,
        COMPARERS,
        lambda world: {"list_id": "paid-before"},
        lambda world: file(LIST_FILE),
    ),
    Door("registers:list-template", COMPARERS, at=lambda world: {"list_id": "paid-before"}),
    Door("registers:list-errors", COMPARERS, at=refusal),
    Door("registers:list-undo", NOONE, IMPORTERS, issue),
    Door("registers:freshness", LISTED | COMPARERS),
]
