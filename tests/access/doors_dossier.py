"""Addresses of a person's file, of services and of pairing."""

from __future__ import annotations

from guiyan.engagements.models import ServiceRecord
from guiyan.kernel.actors import SYSTEM
from guiyan.registers import queries as registers
from guiyan.registers.models import AssignmentRun
from tests.access.doors import NOONE, Door, Values
from tests.access.people import ACCEPTOR, DOSSIER_READERS, HELPER, PAIRERS
from tests.access.world import World
from tests.registers.factories import COUNTY

WRITERS = frozenset({ACCEPTOR, HELPER})
PAIRING = PAIRERS | {"caoyun"}


def person(world: World) -> Values:
    return {"subject_id": world.cases["checking"].subject_id}


def helper(world: World) -> Values:
    return {**person(world), "kind": "mentor"}


def service(world: World) -> Values:
    return {"service_id": ServiceRecord.objects.get().pk}


def written(world: World) -> Values:
    return {"kind": "call", "on": "2026-06-17", "note": "电话问了近况", "token": "door"}


def a_mentor(world: World) -> Values:
    return {"helper": registers.choosable("mentor", COUNTY)[0].subject_id, "reason": ""}


def round_of_all(world: World) -> Values:
    return {"kind": "mentor", "region": COUNTY}


def previewed(world: World) -> Values:
    return {"digest": registers.propose_helpers(SYSTEM, kind="mentor", region=COUNTY).digest}


DOORS = [
    Door("dossier:page", DOSSIER_READERS, at=person, local=True),
    Door("dossier:page", DOSSIER_READERS, at=person, local=True, query="tab=timeline", what="timeline"),
    Door("dossier:page", DOSSIER_READERS, at=person, local=True, query="tab=helpers", what="helpers"),
    Door("dossier:print", DOSSIER_READERS, at=person, local=True),
    Door("dossier:service", WRITERS, WRITERS, person, written, local=True),
    Door("dossier:service-draft", NOONE, WRITERS, person, lambda world: {"note": "写了一半"}, local=True),
    Door(
        "dossier:service-page",
        DOSSIER_READERS,
        WRITERS,
        service,
        lambda world: {"do": "finish", "outcome": "已办"},
        local=True,
    ),
    Door("dossier:helper", PAIRERS, PAIRERS, helper, a_mentor, local=True),
    Door("pairing:index", PAIRING),
    Door("pairing:list", PAIRING, at=lambda world: {"kind": "mentor"}),
    Door("pairing:preview", PAIRERS, PAIRERS, round_of_all, previewed, local=True),
    Door("pairing:run", PAIRERS, PAIRERS, lambda world: {"run_id": AssignmentRun.objects.get().pk}, local=True),
]
