"""Rows of a file read by column: each text once, whole columns looked up at once.

A row in which anything is amiss, or may be, goes to the reader of rows, which alone says what. A cell means what
`RowReader.cell` says here as there, so both read the same; the tests hold it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from guiyan.kernel import regions
from guiyan.packs.register import Field
from guiyan.registers.declared import reported_fields
from guiyan.registers.id_numbers import birth_date
from guiyan.registers.importing.quick import Way, quick_way
from guiyan.registers.importing.reading import GENDERS, RowReader
from guiyan.registers.importing.sheet import Row, Sheet
from guiyan.registers.rights.shutting import is_shut
from guiyan.registers.values import Value
from guiyan.registers.wrong import WrongValue

MOST_REMEMBERED = 50_000  # texts of a column
AMISS = object()
Column = list[Any]  # values, AMISS among them


@dataclass
class Good:
    """Of rows without a fault: their numbers in the file, and a column for each field that the file brings."""

    numbers: list[int] = field(default_factory=list)
    values: Mapping[str, Sequence[Value]] = field(default_factory=dict)


@dataclass
class ColumnReader:
    """Reads one file through `rows`, which keeps what was read, refused and at fault."""

    rows: RowReader
    known: dict[str, dict[object, object]] = field(default_factory=dict)  # field → cell → what it was read as
    ways: dict[str, Way | None] = field(default_factory=dict)

    def pieces(self, sheet: Sheet, name: str, size: int) -> Iterator[Good]:
        """The good rows of each `size` rows. Raises Refused for a head that does not fit."""
        fields = reported_fields(self.rows.register)
        places = self.rows.places(sheet, fields, name)
        present = [(one, places[one.id]) for one in fields if one.id in places]
        rows = iter(sheet.rows)
        while piece := list(islice(rows, size)):
            yield self.good(piece, present, len(sheet.head))

    def good(self, piece: Sequence[Row], present: Sequence[tuple[Field, int]], width: int) -> Good:
        self.rows.read += len(piece)
        cells = [row if len(row) == width else [*row, *[None] * (width - len(row))][:width] for _, row in piece]
        by_place = list(zip(*cells, strict=True))
        values = {one.id: self.column(one, by_place[place]) for one, place in present}
        doubtful = {i for i, (_, row) in enumerate(piece) if len(row) > width}
        for column in values.values():
            if AMISS in column:
                doubtful.update(i for i, value in enumerate(column) if value is AMISS)
        doubtful |= self.beyond_scope(values) | self.with_gaps(values, len(piece)) | self.shut(values)
        doubtful |= self.against_id_number(values) | self.of_others(values)
        return self.settled(piece, present, width, values, doubtful)

    def settled(
        self,
        piece: Sequence[Row],
        present: Sequence[tuple[Field, int]],
        width: int,
        values: dict[str, Column],
        doubtful: set[int],
    ) -> Good:
        """In the order of the file, so that of two rows with one key the first stays."""
        reader, refused = self.rows, set()
        known: list[tuple[Field, int, dict[str, Value]]] = [(one, place, {}) for one, place in present]
        keys = values.get(reader.register.key_field or "") or [None] * len(piece)
        for i, (number, _) in enumerate(piece):
            key = keys[i]
            if i not in doubtful and (key is None or reader.first_seen.setdefault(key, number) == number):
                continue
            faults, told = reader.values(piece[i], known, width)
            if faults:
                reader.note(piece[i], faults)
                refused.add(i)
                continue
            for name, value in told.items():
                values.setdefault(name, [None] * len(piece))[i] = value
        if not refused:
            return Good([number for number, _ in piece], values)
        kept = [i for i in range(len(piece)) if i not in refused]
        return Good([piece[i][0] for i in kept], {name: [column[i] for i in kept] for name, column in values.items()})

    def column(self, one: Field, cells: Sequence[Any]) -> Column:
        known, quick = self.known.setdefault(one.id, {}), self.quick(one)
        if not set(map(type, cells)) <= {str}:
            # 1, 1.0 and True are one key of a dictionary, and three values.
            cells = [cell if type(cell) is str else (type(cell), cell) for cell in cells]
        new = set(cells) - known.keys()
        if quick is not None:
            found = {cell: value for cell in new if type(cell) is str and (value := quick(cell)) is not None}
            known.update(found)
            new -= found.keys()
        for cell in new:
            try:
                known[cell] = self.rows.cell(one, cell if type(cell) is str else cell[1])
            except WrongValue:
                known[cell] = AMISS
        values = [known[cell] for cell in cells]
        if len(known) > MOST_REMEMBERED:
            known.clear()
        return values

    def quick(self, one: Field) -> Way | None:
        if one.id not in self.ways:
            self.ways[one.id] = quick_way(one, self.rows.reader.today)
        return self.ways[one.id]

    def beyond_scope(self, values: dict[str, Column]) -> set[int]:
        allowed = self.rows.allowed
        if allowed is None:
            return set()
        column = values.get(self.rows.register.region_field, [])
        beyond = {one for one in set(column) if isinstance(one, int) and not regions.within(allowed, one)}
        return {i for i, value in enumerate(column) if value in beyond} if beyond else set()

    def with_gaps(self, values: dict[str, Column], count: int) -> set[int]:
        """Which fields must be filled depends on the row: then each is read by itself."""
        return set(range(count)) if self.rows.conditional else set()

    def shut(self, values: dict[str, Column]) -> set[int]:
        register, shut = self.rows.register, self.rows.shut
        if not shut or register.key_field is None:
            return set()
        column = values.get(register.key_field, [])
        return {i for i, value in enumerate(column) if value is not AMISS and is_shut(register, value, shut)}

    def of_others(self, values: dict[str, Column]) -> set[int]:
        """The rows that a sender may not send, for another did."""
        key, foreign = self.rows.register.key_field, self.rows.foreign
        return {i for i, value in enumerate(values.get(key or "", [])) if value in foreign} if foreign else set()

    def against_id_number(self, values: dict[str, Column]) -> set[int]:
        """Fill in what follows from the number; the rows that contradict it."""
        numbers = values.get("id_number")
        register, today = self.rows.register, self.rows.reader.today
        if numbers is None:
            return set()
        if register.fields["id_number"].type != "id_number":
            return set(range(len(numbers)))
        doubtful: set[int] = set()
        told: list[tuple[str, list[Any]]] = []
        if "birth_date" in register.fields:
            days = [birth_date(one, today=today) if type(one) is str else None for one in numbers]
            told.append(("birth_date", days))
        if (gender := register.fields.get("gender")) is not None:
            known = [name if (name := GENDERS[sex]) in gender.codes else None for sex in ("女", "男")]
            told.append(("gender", [known[int(one[16]) % 2] if type(one) is str else None for one in numbers]))
        for name, column in told:
            said = values.get(name)
            if said is None:
                values[name] = column
            elif said != column:
                for i, (own, follows) in enumerate(zip(said, column, strict=True)):
                    if own is None:
                        said[i] = follows
                    elif follows is not None and own != follows:
                        doubtful.add(i)
        return doubtful
