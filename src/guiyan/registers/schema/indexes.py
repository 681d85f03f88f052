"""Which indexes a register needs for whatever is filtered or sorted. Each ends with the region, which is so looked at
inside the index: one serves officers of a town and of the city alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiyan.packs.register import Register
from guiyan.registers.schema.columns import child_table, default_sort, index_name, physical, table_name

ENDING = "_ix"  # of indexes that are made here, and go when nothing needs them any more
CHECKED_ON = "checked_on"  # every list can be sorted by it


@dataclass(frozen=True)
class Index:
    name: str
    table: str
    columns: tuple[str, ...]


def wanted_indexes(register: Register, columns: Mapping[str, str], *, is_answered: bool = True) -> Iterator[Index]:
    """(region, sort, id) for small places; (sort, id, region) of whatever a list is sorted by;
    (field, sort, id, region) of whatever it is filtered by, the level of a ladder too. is_answered: whether entries of
    another register name these by their key.
    """
    table = table_name(register.id)
    default, _ = default_sort(register)
    sort = columns.get(default, default)
    yield index(table, "holder_id")
    yield index(table, "region", sort, "id")
    for name in dict.fromkeys((sort, CHECKED_ON)):
        yield index(table, name, "id", "region")
    if register.senders:
        yield index(table, "unit_id", sort, "id")
    if register.ladder is not None:
        yield index(table, "level", sort, "id", "region")
    for field in register.stored:
        if field.retired:
            continue
        if field.type == "list":
            yield index(child_table(register.id, field.id), "value", "region", "entry_id")
        elif field.encrypted:
            if field.id in looked_up(register, is_answered):
                yield index(table, physical(columns[field.id], field.type)[1].name)
        elif columns[field.id] not in (sort, CHECKED_ON):
            if field.sort:
                yield index(table, columns[field.id], "id", "region")
            if field.filter and not (field.sort and field.type == "date"):
                yield index(table, columns[field.id], sort, "id", "region")


def looked_up(register: Register, is_answered: bool) -> set[str]:
    """The numbers by which entries are found in their own table: what an answer names, and what it is named by.

    Everything else asks the keys of subjects, or the search terms: an index of digests has no order in which rows
    could come in, so it is the dearest of all.
    """
    named = {register.key_field} if is_answered and register.key_field else set()
    return named | ({register.answers.field} if register.answers is not None else set())


def index(table: str, *columns: str) -> Index:
    return Index(index_name(table, *columns), table, columns)
