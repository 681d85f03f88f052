"""Her entries on the page: what each register says, from whom, since when, and where another source says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guiyan.accounts.queries import region_paths
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.packs.register import Register
from guiyan.registers import queries
from guiyan.registers.queries import Known
from guiyan.registers.showing import regions_in, shown


def entry_cards(actor: Actor, person: Known) -> list[dict[str, Any]]:
    """One card an entry of hers that the actor may read, the home register first. A number of queries an entry.

    Whoever was merged may have two in one register. What the home register says already in the same words is not said
    again.
    """
    hats = queries.hats_of(person.subject_id)
    mine = [
        (register, hat.subject_id)
        for name, register in releases.current().registers.items()
        for hat in sorted(hats, key=lambda one: (one.subject_id != person.subject_id, one.subject_id))
        if hat.register == name
    ]
    found = [card_of(actor, person, *one) for one in sorted(mine, key=lambda one: not one[0].home)]
    cards = [card for card in found if card is not None]
    said = {
        (row["cell"].field.id, row["cell"].value) for card in cards if card["register"].home for row in card["rows"]
    }
    for card in cards:
        if not card["register"].home:
            card["rows"] = [row for row in card["rows"] if row["conflict"] or not repeats(row, said)]
    return cards


def repeats(row: dict[str, Any], said: set[tuple[str, Any]]) -> bool:
    return (row["cell"].field.id, row["cell"].value) in said


def card_of(actor: Actor, person: Known, register: Register, subject_id: int) -> dict[str, Any] | None:
    try:
        view = queries.entry_view(actor, register.id, subject_id)
    except NotFound:
        return None
    if view.subject_id != subject_id:
        return None  # out of reach; the entry that is in reach has a card of its own
    values = {cell.field.id: cell.value for cell in view.cells}
    conflicts = queries.conflicts_of(register, person.ids, values)
    places = region_paths(regions_in([cell.field for cell in view.cells], [values, *other_values(conflicts.values())]))
    rows = [
        {
            "cell": cell,
            "shown": shown(cell.field, cell.value, places),
            "conflict": [
                {
                    "source": source,
                    "shown": shown(cell.field, value, places),
                    "day": day,
                    "sealed": cell.field.encrypted,
                }
                for source, value, day in (conflicts[cell.field.id].others if cell.field.id in conflicts else ())
            ],
        }
        for cell in view.cells
        if cell.value not in (None, "", ()) or cell.field.id in conflicts
    ]
    return {"register": register, "view": view, "rows": rows, "conflicts": len(conflicts)}


def other_values(conflicts: Iterable[queries.Conflict]) -> list[dict[str, Any]]:
    return [{conflict.field.id: value} for conflict in conflicts for _, value, _ in conflict.others]
