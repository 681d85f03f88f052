"""Addresses of pairs that may be one person, of merging by hand and of taking apart."""

from __future__ import annotations

from guiyan.registers.models import PersonLink
from tests.access.doors import NOONE, Door, Values
from tests.access.people import ACCEPTOR, ELSEWHERE, POLICY
from tests.access.world import World

LINKERS = frozenset({ACCEPTOR, POLICY})


def waiting(world: World) -> Values:
    return {"link_id": PersonLink.objects.filter(verdict="waiting").order_by("pk")[0].pk}


def linked(world: World) -> Values:
    return {"link_id": PersonLink.objects.exclude(finding="").order_by("pk")[0].pk}


def merged(world: World) -> Values:
    link = PersonLink.objects.filter(verdict="same", how="system").order_by("-pk")[0]
    return {"subject_id": next(one for one in link.pair if one != link.merged_id), "merged_id": link.merged_id}


def person(world: World) -> Values:
    return {"subject_id": merged(world)["subject_id"]}


def two(world: World) -> Values:
    return {**person(world), "other_id": PersonLink.objects.filter(verdict="waiting").order_by("-pk")[0].first_id}


def several(world: World) -> Values:
    return {"link": [waiting(world)["link_id"]], "decision": "apart", "reason": "核对过"}


DOORS = [
    Door("links:list", LINKERS | {ELSEWHERE}),
    Door("links:page", LINKERS, LINKERS, waiting, lambda world: {"decision": "apart"}, local=True),
    Door("links:bulk", LINKERS | {ELSEWHERE}, LINKERS, body=several, query="decision=apart"),
    Door("links:keep", NOONE, LINKERS, linked, lambda world: {"reason": "号码写错了"}, local=True),
    Door("links:choose", LINKERS, at=person, query="q=%E9%BB%8E", local=True),
    Door("links:merge", LINKERS, LINKERS, two, lambda world: {"reason": "本人说的"}, local=True),
    Door("links:apart", LINKERS, LINKERS, merged, lambda world: {"reason": "不是一个人"}, local=True),
]
