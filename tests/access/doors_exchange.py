"""Addresses of the exchange between systems."""

from __future__ import annotations

from itertools import count

from guiyan.exchange import actions
from guiyan.exchange.models import Package, Partner
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import AUDITOR, ELSEWHERE, LEADER, OPERATOR, POLICY, REVIEWER
from tests.access.world import World
from tests.exchange.county import REGION, County
from tests.registers.factories import a_returnee

HERE = frozenset({AUDITOR, LEADER, OPERATOR, POLICY, REVIEWER})
READERS = HERE | {ELSEWHERE}
SENDERS, MANAGERS, APPROVERS = frozenset({POLICY}), frozenset({OPERATOR}), frozenset({LEADER, REVIEWER})
SERIAL = count(601)


def waiting(world: World) -> Values:
    return {"package_id": Package.objects.get(decided_at=None, direction="out").pk}


def made(world: World) -> Values:
    return {"package_id": Package.objects.get(agreed=True).pk}


def partner(world: World) -> Values:
    return {"partner_id": Partner.objects.order_by("pk")[0].pk}


def to_send(world: World) -> Values:
    return {"partner": str(partner(world)["partner_id"]), "register": "returnee", "reason": "按月下发"}


def a_package(world: World) -> Values:
    """The next one of the county, with one row nobody sent before."""
    assert world.county is not None
    told = a_returnee(next(SERIAL))
    row = [str(told["name"]), str(told["id_number"]), str(told["home_region"]), "2026-02-21"]
    number = Package.objects.filter(direction="in").count() + 1
    if number == 1:
        world.county.sent.clear()
    head = ("name", "id_number", "home_region", "return_date")
    path = world.county.sends(actions.own_card(), "returnee", number, head, [row])
    return {"file": upload("通山县.gyx", path.read_bytes())}


def another_card(world: World) -> Values:
    return {"card": County(world.folder).card.text, "region": str(REGION), "registers": ["returnee"]}


DOORS = [
    Door("exchange:log", READERS),
    Door("exchange:traffic", READERS),
    Door("exchange:partners", READERS),
    Door("exchange:partner-new", MANAGERS, MANAGERS, body=another_card),
    Door("exchange:partner-end", NOONE, MANAGERS, partner, lambda world: {"reason": "系统下线"}),
    Door("exchange:send", SENDERS, SENDERS, body=to_send),
    Door("exchange:receive", SENDERS, SENDERS, body=a_package),
    Door("exchange:package", HERE, APPROVERS, waiting, lambda world: {"agreed": "yes"}, local=True),
    Door(
        "exchange:package-file",
        SENDERS,
        at=made,
        reading_writes=frozenset({"exchange_package"}),
        local=True,
    ),
]
