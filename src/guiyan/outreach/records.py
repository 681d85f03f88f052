"""Records of a trigger as they arrive, by file or API: read into typed values, or all that is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from guiyan.kernel import calendar, crypto, regions, releases
from guiyan.kernel.regions import Interval
from guiyan.kernel.texts import visible
from guiyan.packs import Pack
from guiyan.packs.register import Field, Register
from guiyan.packs.trigger import NUMBER, Trigger
from guiyan.packs.trigger_references import record_fields
from guiyan.registers.importing.reading import region_names
from guiyan.registers.values import Reader, Value, to_json
from guiyan.registers.wrong import WrongValue

LONGEST_NUMBER = 64
CITY_OR_ABOVE = ("country", "province", "city")


@dataclass(frozen=True)
class Fault:
    """One field of a record: what is wrong with it and what would be right. No value that names somebody is in it."""

    field: str
    label: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.label}{self.wrong}，{self.right}"


@dataclass(frozen=True)
class Record:
    """values: typed, of the register's fields and the record's own; without faults all that must be there is there.

    number: empty where it can't be read; row: where it stood in the file, or its place in the list, from 1.
    """

    number: str
    row: int
    values: Mapping[str, Value]
    faults: Sequence[Fault] = ()

    @cached_property
    def digest(self) -> bytes:
        """Of all it says; keyed, because numbers of people are among it."""
        said = {name: to_json(value) for name, value in self.values.items() if value is not None}
        return crypto.blind_index("outreach.arrival", json.dumps(said, ensure_ascii=False, sort_keys=True))


@dataclass
class RecordReader:
    """Reads the records of one trigger. allowed: the regions that the sender may write to; None: all of the city."""

    pack: Pack
    trigger: Trigger
    allowed: tuple[Interval, ...] | None = None
    seen: dict[tuple[str, Value], int] = field(default_factory=dict)

    @cached_property
    def register(self) -> Register:
        return self.pack.registers[self.trigger.register_]

    @cached_property
    def fields(self) -> dict[str, Field]:
        """All of a record, its number first, as files and the API name them."""
        number = Field(id=NUMBER, label=self.trigger.number_label, type="text", required=True)
        return {NUMBER: number, **record_fields(self.trigger, self.register)}

    @cached_property
    def reader(self) -> Reader:
        return Reader(calendar.today(), region_names(self.pack))

    def read(self, raw: Mapping[str, object], row: int) -> Record:
        """raw: field → cell or JSON value; a key that no field has is a fault."""
        faults = [
            Fault(str(name)[:40], str(name)[:40], "没有这一项", f"可以有的：{'、'.join(self.fields)}")
            for name in raw
            if name not in self.fields
        ]
        values: dict[str, Value] = {}
        for name, declared in self.fields.items():
            try:
                values[name] = self.value(declared, raw.get(name))
            except WrongValue as wrong:
                faults.append(Fault(name, declared.label, wrong.wrong, wrong.right))
        number = str(values.pop(NUMBER, None) or "")
        faults += self.place_faults(values) + self.repeated(number, values, row)
        return Record(number, row, values, tuple(faults))

    def value(self, declared: Field, raw: object) -> Value:
        if isinstance(raw, dict | list):
            raise WrongValue("不是一个值", "应为文字、数字或日期")
        if isinstance(raw, str):
            raw = visible(raw)
        value = self.reader.read(declared, raw)
        if declared.id == NUMBER and isinstance(value, str) and len(value) > LONGEST_NUMBER:
            raise WrongValue(f"有{len(value)}个字", f"最多{LONGEST_NUMBER}个字")
        return value

    def place_faults(self, values: Mapping[str, Value]) -> list[Fault]:
        """The place must say the county, and lie where the sender may write."""
        name = self.register.region_field
        place, label = values.get(name), self.register.fields[name].label
        if not isinstance(place, int):
            return []
        if regions.level(place) in CITY_OR_ABOVE:
            return [Fault(name, label, "只写到市，看不出是哪个县", "应写到县（市、区）或乡镇")]
        if self.allowed is not None and not regions.within(self.allowed, place):
            return [Fault(name, label, "不在您的办理范围内", "请由当地登记机关上传，或核对区划")]
        return []

    def repeated(self, number: str, values: Mapping[str, Value], row: int) -> list[Fault]:
        """The same number or the same firm stands once in a file."""
        key = self.register.key_field or ""
        found = []
        for name, value in ((NUMBER, number or None), (key, values.get(key))):
            if value is not None and (first := self.seen.setdefault((name, value), row)) != row:
                found.append(Fault(name, self.fields[name].label, f"和第{first}行重复", "只留一行"))
        return found


def trigger_of(entry: str) -> Trigger | None:
    """The trigger that the pack in force declares for an entry of the API."""
    return next((one for one in releases.current().triggers.values() if one.entry == entry), None)
