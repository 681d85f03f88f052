"""Addresses of 首次登记: what came in, uploading it, another helper, the first contact."""

from __future__ import annotations

from collections.abc import Callable

from guiyan.outreach.models import Arrival, ArrivalFile
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import ACCEPTOR, ARRIVALS, ELSEWHERE, HELPER, REGISTRAR
from tests.access.world import World
from tests.registers.helping import specialist

LISTS = ARRIVALS | {ELSEWHERE}
TAKES, ASSIGNS, CONTACTS = frozenset({REGISTRAR}), frozenset({ACCEPTOR}), frozenset({ACCEPTOR, HELPER})
HEAD = "登记业务号,名称,统一社会信用代码,类型,登记所在地,登记日期\n示例,示例,1,公司,示例,2026-06-05\n"


def of(serial: int) -> Callable[[World], Values]:
    return lambda world: {"arrival_id": Arrival.objects.get(number=f"鄂登2026-{serial:05d}").pk}


def a_file(world: World) -> Values:
    return {"file_id": ArrivalFile.objects.get().pk}


def sent(world: World) -> Values:
    return {"file": upload("登记.csv", HEAD.encode("utf-8-sig"))}


def another(world: World) -> Values:
    return {"helper": specialist(77, name="另一示例"), "reason": "出差"}


def called(world: World) -> Values:
    return {"kind": "call", "on": "2026-06-17", "note": "打了电话", "token": "door"}


DOORS = (
    Door("arrivals:list", LISTS),
    Door("arrivals:list", LISTS, query="state=late&day=2026-06-17&q=示例", what="narrowed"),
    Door("arrivals:sheet", LISTS),
    Door("arrivals:upload", TAKES, TAKES, body=sent),
    Door("arrivals:template", TAKES),
    Door("arrivals:file", TAKES, at=a_file, local=True),
    Door("arrivals:file-errors", TAKES, at=a_file, local=True),
    *(Door("arrivals:page", ARRIVALS, at=of(serial), what=str(serial), local=True) for serial in (1, 2, 3, 4)),
    Door("arrivals:helper", ASSIGNS, ASSIGNS, of(1), another, local=True),
    Door("arrivals:contact", CONTACTS, CONTACTS, of(1), called, local=True),
    Door("arrivals:phone", NOONE, CONTACTS, of(1), local=True),
)
