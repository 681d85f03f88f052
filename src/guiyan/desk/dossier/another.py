"""Other records that are hers, or may be: what was merged into her file, what is yet to be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from guiyan.accounts.permissions import decide
from guiyan.accounts.queries import region_paths
from guiyan.kernel.actors import Actor
from guiyan.registers import queries as registers
from guiyan.registers.models import PersonLink
from guiyan.registers.queries import Known


def merged_rows(actor: Actor, person: Known, links: Sequence[PersonLink]) -> list[dict[str, Any]]:
    """One for each record that was merged into her file, with the way to take it apart for whoever covers both."""
    names = registers.names_of_subjects(link.merged_id for link in links)
    return [
        {
            "name": names.get(link.merged_id) or "范围以外的一份登记",
            "link": link,
            "href": reverse("links:apart", args=[person.subject_id, link.merged_id]) if may_settle(actor, link) else "",
        }
        for link in links
    ]


def pairs_to_settle(actor: Actor, person: Known, links: Sequence[PersonLink]) -> list[dict[str, Any]]:
    """Pairs with her that wait. Of somebody out of reach only the place is told, and who settles it."""
    if not links:
        return []
    others = {link.pk: next((one for one in link.pair if one not in person.ids), link.first_id) for link in links}
    places = registers.places_of_subjects(others.values())
    paths = region_paths(code - code % 1_000_000 for code in places.values())
    found = []
    for link in links:
        code = places.get(others[link.pk], 0)
        where = paths.get(code - code % 1_000_000, "外地")
        mine = may_settle(actor, link)
        found.append(
            {
                "title": "核对是不是同一人",
                "note": f"和{where}已知的一人相近" + ("" if mine else "，由管两地的上级单位核对"),
                "href": reverse("links:page", args=[link.pk]) if mine else "#records",
                "verb": "核对",
            }
        )
    return found


def may_settle(actor: Actor, link: PersonLink) -> bool:
    return decide(actor, "register.link", link, unit=None, subject=None).allowed
