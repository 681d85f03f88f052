"""The declared table: every address, who may read it, who may send to it, and what a proper sender sends.

An address that is not here fails the tests; so does one whose answer differs from what is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.people import EVERYBODY, NOBODY
from tests.access.world import World

Values = dict[str, object]
NOONE: frozenset[str] = frozenset()


def nothing(world: World) -> Values:
    return {}


@dataclass(frozen=True)
class Door:
    """readers, senders: everybody else gets 403 or 404; who is not signed in is asked to.

    at, body: what the address and the form are filled with. reading_writes: tables that reading may write to.
    local: about one object of Tongshan, which for an officer of another county does not exist.
    """

    name: str
    readers: frozenset[str] = NOONE
    senders: frozenset[str] = NOONE
    at: Callable[[World], Values] = nothing
    body: Callable[[World], Values] = nothing
    what: str = ""
    query: str = ""
    reading_writes: frozenset[str] = NOONE
    local: bool = False

    @property
    def label(self) -> str:
        return f"{self.name} {self.what}".strip()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def all_doors() -> Iterator[Door]:
    """Every declared door."""
    from tests.access import (
        doors_api,
        doors_arrivals,
        doors_cases,
        doors_dossier,
        doors_exchange,
        doors_habits,
        doors_links,
        doors_loans,
        doors_money,
        doors_offers,
        doors_outreach,
        doors_plans,
        doors_powers,
        doors_public,
        doors_registers,
        doors_revisions,
        doors_rights,
        doors_rules,
        doors_sending,
        doors_targets,
        doors_visits,
        doors_what_if,
    )

    areas = (
        doors_api,
        doors_arrivals,
        doors_cases,
        doors_dossier,
        doors_exchange,
        doors_habits,
        doors_links,
        doors_loans,
        doors_money,
        doors_offers,
        doors_outreach,
        doors_plans,
        doors_powers,
        doors_public,
        doors_registers,
        doors_revisions,
        doors_rights,
        doors_rules,
        doors_sending,
        doors_targets,
        doors_visits,
        doors_what_if,
    )
    for area in areas:
        yield from area.DOORS


__all__ = ["EVERYBODY", "NOBODY", "NOONE", "Door", "Values", "all_doors", "upload"]
