"""Addresses of units outside government that send their own entries."""

from __future__ import annotations

import json

from guiyan.kernel import releases
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.keeping.marks import marks_of
from guiyan.registers.models import ImportFile
from guiyan.registers.tables import table_of
from tests.access.doors import Door, Values
from tests.access.doors_registers import upload
from tests.access.people import SENDER
from tests.access.world import World

SENDERS = frozenset({SENDER})
ALUMNI: Values = {"register": "alumni"}
HEAD = "姓名,校友编号,籍贯,学校,毕业年份\n"
ALUMNUS: Values = {"name": "江新人", "region": "通山县大畈镇", "school": "示例科技学院", "graduated": "2005"}


def alumni(world: World) -> Values:
    return ALUMNI


def file(world: World) -> Values:
    return {"file_id": ImportFile.objects.filter(unit_id__isnull=False).latest("pk").pk}


def own(world: World) -> Values:
    return {**ALUMNI, "entry_id": table_of(releases.current(), "alumni")._default_manager.get(f_number="XY-SENT").pk}


def mended(world: World) -> Values:
    pack = releases.current()
    with entered(Scope.system()):
        row = table_of(pack, "alumni")._default_manager.get(f_number="XY-SENT")
        was = json.dumps(marks_of(pack.registers["alumni"], row))
    return {**ALUMNUS, "number": "XY-SENT", "title": "总经理", "entry_was": was}


DOORS = [
    Door("sending:home", SENDERS),
    Door("sending:list", SENDERS, at=alumni),
    Door("sending:template", SENDERS, at=alumni),
    Door(
        "sending:upload",
        SENDERS,
        SENDERS,
        alumni,
        lambda world: {"file": upload("校友.csv", ("\ufeff" + HEAD).encode()), "as_of": "2026-06-17"},
    ),
    Door("sending:new", SENDERS, SENDERS, alumni, lambda world: {**ALUMNUS, "number": "XY-NEW"}),
    Door("sending:entry", SENDERS, SENDERS, own, mended),
    Door("sending:result", SENDERS, at=file),
    Door("sending:undo", SENDERS, SENDERS, file),
]
