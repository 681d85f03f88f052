"""The good rows of a file by column: what `prepare` makes of reports one by one, made of whole columns at once.

Who is known already is asked for as `Prepared` and goes the way of any report; the rows of the others are packed for
the staging table as they are (see `fresh`). On any thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, TypeVar

from guiyan.packs.register import Register
from guiyan.registers.declared import key_kind, key_of, key_text
from guiyan.registers.schema.columns import SQL_TYPES, default_sort
from guiyan.registers.sealing import Sealed, Sealer
from guiyan.registers.sealing import as_json as sealed_as_json
from guiyan.registers.states import KEY_NUMBER
from guiyan.registers.values import Value
from guiyan.registers.writing import packing
from guiyan.registers.writing.prepare import Key, Prepared, as_json, day_as_json
from guiyan.registers.writing.reports import Report

T = TypeVar("T")
Pair = tuple[bytes, bytes]  # sealed text, digest
NAMELESS = "（姓名未登记）"
LONGEST_NAME = 120


@dataclass(frozen=True)
class Batch:
    """Columns are as long as `numbers`, the rows of the file.

    sealed: of encrypted fields, whose values are their texts. keys: digests, of `kind`.
    packed: as `fresh.staged_names` lists them, after the ids; the first is the JSON that an assertion keeps.
    order: in which they are best written.
    unit_id: the unit outside government whose own entries they are.
    """

    register: Register
    source: str
    at: date
    numbers: list[int]
    values: Mapping[str, Sequence[Value]]
    sealed: Mapping[str, list[Pair | None]]
    kind: str
    keys: list[bytes | None]
    regions: list[int | None]
    digests: list[bytes]
    packed: list[bytes]
    order: Sequence[int]
    unit_id: int | None = None

    def prepared(self, place: int) -> Prepared:
        values: dict[str, Value | Sealed] = {}
        for name in sorted(self.values):
            value = self.values[name][place]
            if value is not None:
                pair = self.sealed[name][place] if name in self.sealed else None
                values[name] = Sealed(*pair, str(value)) if pair else value
        key = self.keys[place]
        return Prepared(
            Report(
                {name: column[place] for name, column in self.values.items()},
                self.source,
                self.at,
                row=self.numbers[place],
                unit_id=self.unit_id,
            ),
            (self.kind, key) if key is not None else None,
            self.regions[place],
            values,
            packing.first_jsonb(self.packed[place]).decode(),
            self.digests[place],
        )

    def key(self, place: int) -> Key | None:
        digest = self.keys[place]
        return (self.kind, digest) if digest is not None else None


def joined(parts: Sequence[Batch]) -> Batch:
    """Of the same file, in their order; at least one."""
    first = parts[0]
    names = {name: None for one in parts for name in one.values}
    values = {name: whole(one.values.get(name, [None] * len(one.numbers)) for one in parts) for name in names}
    return replace(
        first,
        order=in_order(first.register, values, sum(len(one.numbers) for one in parts)),
        numbers=whole(one.numbers for one in parts),
        values=values,
        sealed={name: whole(one.sealed[name] for one in parts) for name in first.sealed},
        keys=whole(one.keys for one in parts),
        regions=whole(one.regions for one in parts),
        digests=whole(one.digests for one in parts),
        packed=whole(one.packed for one in parts),
    )


def in_order(register: Register, values: Mapping[str, Sequence[Any]], count: int) -> Sequence[int]:
    """The places by the default sort: what most indexes of the register hold after their first column, so that
    neighbours in what is written are neighbours in an index."""
    name, _ = default_sort(register)
    column = values.get(name)
    if column is None or register.fields[name].encrypted:
        return range(count)
    filled = [i for i in range(count) if column[i] is not None]
    return sorted(filled, key=column.__getitem__) + [i for i in range(count) if column[i] is None]


def whole(columns: Iterable[Sequence[T]]) -> list[T]:
    return list(chain.from_iterable(columns))


def batch_of(
    register: Register,
    source: str,
    at: date,
    numbers: list[int],
    values: Mapping[str, Sequence[Value]],
    *,
    region: int,
    unit_id: int | None = None,
) -> Batch:
    """values: a column for each field that the file brings. region: where rows belong that name none."""
    sealer, empty = Sealer(), [None] * len(numbers)
    fields = sorted(((one.id, one) for one in register.reported if one.id in values), key=itemgetter(0))
    sealed = {name: sealer.pairs(one.type, values[name]) for name, one in fields if one.encrypted}
    stored, plain = [], []
    for name, one in fields:
        opening = f'"{name}": '
        if one.encrypted:
            stored.append(["" if pair is None else f"{opening}{sealed_as_json(pair)}, " for pair in sealed[name]])
            plain.append(["" if pair is None else f'{opening}"{pair[1].hex()}", ' for pair in sealed[name]])
        else:
            stored.append(packing.mapped(values[name], partial(part, opening), ""))
            plain.append(stored[-1])
    told = f'["{register.id}", {encode_basestring(source)}, {day_as_json(at)}, '
    regions = [value if type(value) is int else None for value in values.get(register.region_field, empty)]
    titles = [str(value or NAMELESS)[:LONGEST_NAME] for value in values.get(register.title_field, empty)]
    kept = [f"{{{''.join(parts)[:-2]}}}".encode() for parts in zip(*stored, strict=True)]
    words = [f"{{{''.join(parts)[:-2]}}}" for parts in zip(*plain, strict=True)]
    by = "" if unit_id is None else f"@{unit_id}"
    digests = [hashlib.sha256(f"{told}{said}]{by}".encode()).digest() for said in words]
    kind, keys = keys_of(register, values, sealed, words, sealer)
    columns = [
        packing.packed("jsonb", kept),
        packing.packed("bytea", digests),
        packing.packed("bytea", keys),
        packing.packed("text", titles),
        packing.packed("bigint", [one or region for one in regions]),
        packing.packed("date", [at] * len(numbers)),
        *packed_values(register, values, sealed, len(numbers)),
    ]
    return Batch(
        register,
        source,
        at,
        numbers,
        values,
        sealed,
        kind,
        keys,
        regions,
        digests,
        packing.rows_of(columns),
        range(len(numbers)),
        unit_id,
    )


def keys_of(
    register: Register,
    values: Mapping[str, Sequence[Value]],
    sealed: Mapping[str, list[Pair | None]],
    words: Sequence[str],
    sealer: Sealer,
) -> tuple[str, list[bytes | None]]:
    """What the rows are known again by, and its kind. words: what each row says, for a journal."""
    if register.journal is not None:
        return KEY_NUMBER, [sealer.digest_of(KEY_NUMBER, f"{register.id}:{said}") for said in words]
    key = key_of(register)
    if key is None or key.id not in values:
        return "", [None] * len(words)
    kind = key_kind(register, key)
    if key.id in sealed:
        return kind, [pair and pair[1] for pair in sealed[key.id]]
    return kind, [
        sealer.digest_of(kind, key_text(register, kind, value)) if isinstance(value, str) else None
        for value in values[key.id]
    ]


def part(opening: str, value: Value) -> str:
    return f"{opening}{as_json(value)}, "


def packed_values(
    register: Register,
    values: Mapping[str, Sequence[Value]],
    sealed: Mapping[str, list[Pair | None]],
    count: int,
) -> list[list[bytes]]:
    """As `staged_names` lists the columns."""
    found = []
    for one in register.reported:
        if one.id not in values:
            found += [[packing.EMPTY] * count] * (2 if one.encrypted else 1)
        elif one.encrypted:
            pairs = sealed[one.id]
            found.append(packing.packed("bytea", [pair and pair[0] for pair in pairs]))
            found.append(packing.packed("bytea", [pair and pair[1] for pair in pairs]))
        else:
            found.append(packing.packed("text[]" if one.type == "list" else SQL_TYPES[one.type], values[one.id]))
    return found
