"""A new item made after an existing one: the same form, flow, materials and checks under its own name."""

from __future__ import annotations

from collections.abc import Iterator

from guiyan.engine.rules.model import Measure
from guiyan.packs.item import Item, Material
from guiyan.packs.pack import Pack


def patterns(pack: Pack, kind: str) -> Iterator[Item]:
    """Items that a new measure for this kind of subject may take as its pattern: those that give a measure."""
    return (item for item in pack.items.values() if item.measure and item.kind == kind)


def item_like(pack: Pack, pattern: Item, measure: Measure) -> Item:
    """The item of the measure, its id the measure's.

    Lists of who was given the pattern's own measure are left out, and money is of an account of its own.
    """
    lists = tuple(one for one in pattern.comparisons if not own_list(pack, one))
    known = {*lists, *pattern.checks}
    payment = pattern.payment
    return pattern.model_copy(
        update={
            "id": measure.id,
            "title": f"{measure.title}申领",
            "summary": f"符合条件的，可以申请{measure.title}。",
            "measure": measure.id,
            "comparisons": lists,
            "materials": {name: still_replaced(one, known) for name, one in pattern.materials.items()},
            "payment": payment.model_copy(update={"account_code": measure.id}) if payment is not None else None,
        }
    )


def own_list(pack: Pack, name: str) -> bool:
    """Whether the list is of one measure."""
    return name in pack.lists and pack.lists[name].measure is not None


def still_replaced(material: Material, known: set[str]) -> Material:
    return material if material.replaces in known else material.model_copy(update={"replaces": None})
