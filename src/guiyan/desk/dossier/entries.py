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
    """One card a register she is in and the actor may read, the home register first. A number of queries a register.

    What the home register says already in the same words is not said again.
    """
    pack = releases.current()
    named = {hat.register for hat in queries.hats_of(person.subject_id)}
    mine = [register for name, register in pack.registers.items() if name in named]
    found = [card_of(actor, person, register) for register in sorted(mine, key=lambda one: not one.home)]
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


def card_of(actor: Actor, person: Known, register: Register) -> dict[str, Any] | None:
    try:
        view = queries.entry_view(actor, register.id, person.subject_id)
    except NotFound:
        return None
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
