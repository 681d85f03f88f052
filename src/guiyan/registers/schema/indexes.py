"""Which indexes a register needs: by region and by itself, for whatever is filtered or sorted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiyan.packs.register import Register
from guiyan.registers.schema.columns import child_table, default_sort, index_name, physical, table_name


@dataclass(frozen=True)
class Index:
    name: str
    table: str
    columns: tuple[str, ...]


def wanted_indexes(register: Register, columns: Mapping[str, str]) -> Iterator[Index]:
    """(region, sort, id), with a ladder (region, level, sort), and for each field filtered or sorted
    (region, field, sort) and (field, sort, id).
    """
    table = table_name(register.id)
    sort_field, _ = default_sort(register)
    sort = columns.get(sort_field, sort_field)
    yield index(table, "region", sort, "id")
    yield index(table, "holder_id")
    yield index(table, sort, "id")
    if register.ladder is not None:
        yield index(table, "region", "level", sort)
    for field in register.stored:
        if field.retired:
            continue
        if field.type == "list":
            child = child_table(register.id, field.id)
            yield index(child, "value", "region", "entry_id")
        elif field.encrypted:
            yield index(table, physical(columns[field.id], field.type)[1].name)
        elif (field.filter or field.sort) and columns[field.id] != sort:
            yield index(table, "region", columns[field.id], sort)
            yield index(table, columns[field.id], sort, "id")


def index(table: str, *columns: str) -> Index:
    return Index(index_name(table, *columns), table, columns)
