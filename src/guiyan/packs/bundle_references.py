"""References of bundles: their items, and that what these share can be asked and handed in once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from guiyan.engine.values import Declared
from guiyan.packs.bundle import SAME_IN_FIELDS, SAME_IN_MATERIALS, Bundle
from guiyan.packs.finding import References
from guiyan.packs.item import Item


def bundles(found: References) -> None:
    for name, bundle in found.pack.bundles.items():
        owner = ("bundles", name)
        for item_id in bundle.items:
            found.find(owner, ("items", item_id), "item", item_id, found.pack.items)
        items = [found.pack.items[one] for one in bundle.items if one in found.pack.items]
        for item in items:
            if item.kind != bundle.kind:
                message = f"item `{item.id}` is for {item.kind}, this bundle for {bundle.kind}"
                found.reading.blame(*owner, ("items", item.id), message)
        entered_alike(found, bundle, items)
        shared(found, bundle, items)


def entered_alike(found: References, bundle: Bundle, items: Collection[Item]) -> None:
    """Whoever may fill in the form must be able to apply for each of its items."""
    ways = {item.id: set(item.entries) for item in items}
    if ways and any(one != next(iter(ways.values())) for one in ways.values()):
        found.reading.blame(
            "bundles", bundle.id, ("items",), "these items are not entered in the same ways (`entries`)"
        )


def shared(found: References, bundle: Bundle, items: Collection[Item]) -> None:
    """A field or material that several items have must be the same thing in all of them."""
    forms = [found.pack.forms[item.form] for item in items if item.form in found.pack.forms]
    one_thing(found, bundle, "forms", "field", "fields", {form.id: form.fields for form in forms}, SAME_IN_FIELDS)
    papers = {item.id: item.materials for item in items}
    one_thing(found, bundle, "items", "material", "materials", papers, SAME_IN_MATERIALS)


def one_thing(
    found: References,
    bundle: Bundle,
    kind: str,
    what: str,
    key: str,
    owners: Mapping[str, Mapping[str, Declared]],
    alike: Collection[str],
) -> None:
    """The fault stands where the later one is declared, and names the earlier one."""
    first: dict[str, tuple[str, Declared]] = {}
    for owner, things in owners.items():
        for name, thing in things.items():
            before, other = first.setdefault(name, (owner, thing))
            differing = [part for part in alike if getattr(thing, part) != getattr(other, part)]
            if differing:
                message = (
                    f"{what} `{name}` has another {', '.join(f'`{part}`' for part in differing)} than in {kind} "
                    f"`{before}`, and bundle `{bundle.id}` asks it once: make them alike, or give it another name"
                )
                found.reading.blame(kind, owner, (key, name, differing[0]), message)
