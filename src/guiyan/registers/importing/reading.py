"""One row of a register's file: its values, or all that is wrong with it. `by_column` reads whole files through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from guiyan.kernel import regions
from guiyan.kernel.regions import Interval
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers.declared import reported_fields
from guiyan.registers.id_numbers import read_id_number
from guiyan.registers.importing.columns import Columns, places_in
from guiyan.registers.importing.faults import MOST_KEPT, Fault
from guiyan.registers.importing.sheet import Row, Sheet, places_of
from guiyan.registers.keeping.conditions import fields_shown, must_be_filled
from guiyan.registers.rights.shutting import RIGHT, WRONG, is_shut
from guiyan.registers.values import Reader, Value
from guiyan.registers.wrong import WrongValue

KnownColumn = tuple[Field, int, dict[str, Value]]  # with its place, and the texts of it that were read before
GENDERS = {"男": "male", "女": "female"}
NOT_YOURS, ASK = "已在名录里，不是本单位报送的", "请核对编号；确是本单位的，请联系名录的主管部门"
BROKEN = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}


@dataclass
class RowReader:
    """Rows of one file. After all of them: `read`, `refused`, `faults` (at most MOST_KEPT are kept)."""

    register: Register
    reader: Reader
    source: str
    at: date
    allowed: tuple[Interval, ...] | None  # regions the actor may write to; None: all
    read: int = 0
    refused: int = 0
    faults: list[Fault] = field(default_factory=list)
    first_seen: dict[object, int] = field(default_factory=dict)
    columns: Columns | None = None  # as somebody confirmed them; None: by the template's labels
    refuse: Callable[[int, list[object], list[Fault]], None] = lambda number, cells, faults: None
    shut: frozenset[bytes] = frozenset()  # whom no file brings back (`rights.shutting`)
    unit_id: int | None = None  # the sender whose own entries they are
    foreign: frozenset[Value] = frozenset()  # keys of entries that are not this sender's (`importing.sent`)

    @cached_property
    def conditional(self) -> bool:
        return any(one.required_when is not None for one in reported_fields(self.register))

    def note(self, row: Row, faults: list[Fault]) -> None:
        """The row is not taken."""
        self.refused += 1
        self.faults += faults[: max(0, MOST_KEPT - len(self.faults))]
        self.refuse(row[0], row[1], faults)

    def places(self, sheet: Sheet, fields: list[Field], name: str) -> dict[str, int]:
        if self.columns is not None:
            return places_in(self.register, sheet.head, self.columns)
        required = [one.id for one in fields if one.required]
        return places_of(sheet.head, {one.id: one.label for one in fields}, required, name)

    def values(self, row: Row, present: list[KnownColumn], width: int) -> tuple[list[Fault], dict[str, Value]]:
        number, cells = row
        values: dict[str, Value] = {}
        faults: list[Fault] = []
        if len(cells) > width and any(str(cell).strip() for cell in cells[width:]):
            faults.append(Fault(number, "整行", f"有{len(cells)}格，比表头多", f"应为{width}格；请看有没有多出的逗号"))
        given = len(cells)
        for one, place, known in present:
            raw = cells[place] if place < given else None
            # Most columns hold few different texts; what a text means in a column never changes within a file.
            if type(raw) is str and raw in known:
                values[one.id] = known[raw]
                continue
            try:
                values[one.id] = value = self.cell(one, raw)
                if type(raw) is str:
                    known[raw] = value
            except WrongValue as wrong:
                faults.append(Fault(number, one.label, wrong.wrong, wrong.right))
        checks: tuple[Callable[[dict[str, Value]], tuple[str, WrongValue] | None], ...] = (
            self.against_id_number,
            self.against_scope,
            self.against_gaps,
            self.against_shut_keys,
            self.against_other_senders,
            lambda held: self.against_earlier_rows(held, number),
        )
        for check in checks if not faults else ():
            found = check(values)
            if found:
                faults.append(Fault(number, found[0], found[1].wrong, found[1].right))
        return faults, values

    def cell(self, one: Field, raw: object) -> Value:
        if isinstance(raw, str) and raw.strip() in BROKEN:
            raise WrongValue(f"公式出错（{raw.strip()}）", "请改成数值再导入")
        return self.reader.read(one, raw)

    def against_id_number(self, values: dict[str, Value]) -> tuple[str, WrongValue] | None:
        """Birth date and gender follow from the number: filled in when empty, refused when they contradict it."""
        number = values.get("id_number")
        if not isinstance(number, str):
            return None
        read = read_id_number(number, today=self.reader.today)
        for name, told in (("birth_date", read.birth_date), ("gender", GENDERS[read.gender])):
            declared = self.register.fields.get(name)
            if declared is None or (name == "gender" and told not in declared.codes):
                continue
            if values.get(name) not in (None, told):
                words = read.gender if name == "gender" else read.birth_date.isoformat()
                return declared.label, WrongValue("和身份证号不一致", f"身份证号表示的是{words}")
            values[name] = told
        return None

    def against_scope(self, values: dict[str, Value]) -> tuple[str, WrongValue] | None:
        region = values.get(self.register.region_field)
        if self.allowed is None or not isinstance(region, int) or regions.within(self.allowed, region):
            return None
        label = self.register.fields[self.register.region_field].label
        return label, WrongValue("不在您的办理范围内", "请由当地经办人员导入，或核对区划")

    def against_gaps(self, values: dict[str, Value]) -> tuple[str, WrongValue] | None:
        """What must be filled because of what else the row says."""
        if not self.conditional:
            return None
        for one in fields_shown(self.register, values):
            empty = values.get(one.id) in (None, (), "")
            if empty and one.required_when is not None and must_be_filled(self.register, one, values):
                return one.label, WrongValue("没有填写", "照这一行别的内容，这一列必须填")
        return None

    def against_shut_keys(self, values: dict[str, Value]) -> tuple[str, WrongValue] | None:
        key = self.register.key_field
        if not self.shut or key is None or not is_shut(self.register, values.get(key), self.shut):
            return None
        return self.register.fields[key].label, WrongValue(WRONG, RIGHT)

    def against_other_senders(self, values: dict[str, Value]) -> tuple[str, WrongValue] | None:
        key = self.register.key_field
        if not self.foreign or key is None or values.get(key) not in self.foreign:
            return None
        return self.register.fields[key].label, WrongValue(NOT_YOURS, ASK)

    def against_earlier_rows(self, values: dict[str, Value], number: int) -> tuple[str, WrongValue] | None:
        key = values.get(self.register.key_field) if self.register.key_field else None
        if key is None:
            return None
        first = self.first_seen.setdefault(key, number)
        if first == number:
            return None
        return self.register.fields[self.register.key_field or ""].label, WrongValue(f"和第{first}行重复", "只留一行")


_names: dict[str, dict[str, int]] = {}


def known_names(pack: Pack) -> dict[str, int]:
    """`region_names`, worked out once for a release."""
    if pack.digest not in _names:
        _names.clear()
        _names[pack.digest] = region_names(pack)
    return _names[pack.digest]


def region_paths_of(pack: Pack) -> dict[int, str]:
    """Code → 通山县大畈镇某村, the city left out."""
    found: dict[int, str] = {}
    for code, region in pack.regions.items():
        above, text = pack.regions.get(region.parent) if region.parent else None, region.name
        while above is not None and above.code != pack.city.region:
            text, above = above.name + text, pack.regions.get(above.parent) if above.parent else None
        found[code] = text
    return found


def region_names(pack: Pack) -> dict[str, int]:
    """Every way a region may be written: its code, its path (通山县大畈镇), its name if it is the only one.

    Codes and names of earlier days lead to what stands there now.
    """
    names: dict[str, int] = {}
    doubled: set[str] = set()
    for code, region in pack.regions.items():
        written = {region.name, region.short_name, str(code), str(code).rstrip("0")}
        for name in written - {""}:
            if names.setdefault(name, code) != code:
                doubled.add(name)
    for name in doubled:
        del names[name]
    for code in pack.regions:
        for path in paths_of(pack, code):
            names[path] = code
    for earlier, now in pack.superseded.items():
        names.setdefault(earlier, now)
    return names


def paths_of(pack: Pack, code: int) -> list[str]:
    """大畈镇某村, 通山县大畈镇某村, 咸宁市通山县大畈镇某村."""
    paths, text, above = [], "", pack.regions.get(code)
    while above is not None:
        text = above.name + text
        paths.append(text)
        above = pack.regions.get(above.parent) if above.parent else None
    return paths[1:]
