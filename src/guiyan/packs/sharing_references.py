"""What stands in the catalogue of other bureaus' data: whose it is, and what it may be used for."""

from __future__ import annotations

from guiyan.packs.comparison import Sharing
from guiyan.packs.finding import References
from guiyan.packs.yamltree import Path_

OF_A_LIST, OF_A_SOURCE = frozenset({"compare", "match"}), frozenset({"register"})
BY_THEMSELVES = {"file", "api", "exchange"}


def shared(found: References) -> None:
    """A source that is shared reports in no way that nobody could bind: forms are the office's own words."""
    for name, one in found.pack.lists.items():
        if one.sharing is not None:
            sharing(found, ("lists", name), ("sharing",), one.sharing, OF_A_LIST)
    for name, register in found.pack.registers.items():
        for source in register.sources.values():
            if source.sharing is None:
                continue
            here: Path_ = ("sources", source.id)
            sharing(found, ("registers", name), (*here, "sharing"), source.sharing, OF_A_SOURCE)
            if others := set(source.by) - BY_THEMSELVES:
                message = f"another bureau's data come by file, api or exchange, not by {', '.join(sorted(others))}"
                found.reading.blame("registers", name, (*here, "by"), message)


def sharing(found: References, owner: tuple[str, str], path: Path_, told: Sharing, known: frozenset[str]) -> None:
    found.find(owner, (*path, "holder"), "unit", told.holder, found.pack.units)
    for purpose in told.purposes:
        if purpose not in known:
            message = f"`{purpose}` is no purpose of this; known: {', '.join(sorted(known))}"
            found.reading.blame(*owner, (*path, "purposes", purpose), message)
