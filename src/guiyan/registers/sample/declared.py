"""Invented entries of any register that asks for some (`sample`), from what its declaration says of each field.

Names are drawn by the generator and say that they are examples; numbers are of a county that never was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from guiyan.accounts.offices import unit_ids
from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers.declared import key_of
from guiyan.registers.keeping.conditions import holds, must_be_filled
from guiyan.registers.keeping.levels import decide_level
from guiyan.registers.linking.declared import linked_columns
from guiyan.registers.linking.waiting import put_down
from guiyan.registers.sample.names import PLACE_WORDS, person_name
from guiyan.registers.sample.numbers import credit_code, id_number, phone, pick_date
from guiyan.registers.sealing import opened
from guiyan.registers.states import PERSON
from guiyan.registers.tables import attribute, attributes_of, table_of
from guiyan.registers.values import HUNDRED, Value
from guiyan.registers.writing import Report, take

FIRST_BIRTHDAY, A_DAY, FROM = date(1968, 2, 1), 200, 260
FIRST_FIRM, FIRST_PHONE = 960_000, 960_000
FILLED = 0.85  # how many of the fields that need not be filled are
YEARS = 3
REFERRING = 40
KNOWN, COUNTY = 500, 10**6
DOUBLED, REMEMBERED = ("name", "native_region", "employer", "phone"), 4
EMPTY: tuple[Value, ...] = (None, "", ())


@dataclass
class Maker:
    """Draws entries register by register; keys: what other registers' entries may refer to.

    people: of each county, by the columns of linkage, whom later registers may know again; again: keys of those.
    """

    pack: Pack
    until: date
    random: Random
    serial: int = 0
    keys: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, dict[int, list[str]]] = field(default_factory=dict)  # register → county → keys
    people: dict[int, list[dict[str, Value]]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)

    def person_again(self, register: Register, county: int, values: dict[str, Value]) -> None:
        """Every third of a later register of people is somebody an earlier one knows; half of them leave out the phone.

        Numbers of the register tell them apart, so that linkage has to find who they are.
        """
        columns = {column: one for column, one in linked_columns(register) if column in DOUBLED}
        if "id_number" in dict(linked_columns(register)) and register.key_field == "id_number":
            return
        known = self.people.setdefault(county, [])
        if len(known) > REMEMBERED and self.serial % 3 == 0:
            other = known[self.serial // 3 % REMEMBERED]
            for column, one in columns.items():
                if column == "phone" and not one.required and self.serial % 2:
                    values.pop(one.id, None)
                elif other.get(column) is not None:
                    values[one.id] = other[column]
            self.again.add(str(values.get(register.key_field or "")))
        else:
            known.append({column: values.get(one.id) for column, one in columns.items()})

    def entry(self, register: Register, county: int) -> dict[str, Value]:
        self.serial += 1
        values: dict[str, Value] = {}
        for section in register.laid_out:
            if section.show_if is not None and not holds(section.show_if, register, values):
                continue
            for name in section.fields:
                one = register.fields[name]
                if one.is_derived:
                    continue
                needed = must_be_filled(register, one, values) or name in (register.key_field, register.title_field)
                if needed or self.random.random() < FILLED:
                    values[name] = self.value(register, one, county)
        if register.subject == PERSON:
            self.person_again(register, county, values)
        return {name: value for name, value in values.items() if value not in EMPTY}

    def value(self, register: Register, one: Field, county: int) -> Value:
        if one.id == register.key_field:
            return self.key(register, one, county)
        if one.id == register.title_field:
            return self.title(register, one, county)
        if one.refers_to is not None:
            return self.referred(one.refers_to.register_, county)
        return self.plain(register, one, county)

    def referred(self, register: str, county: int) -> Value:
        """An entry of the same county, if there is one: what happens about it happens there."""
        if register not in self.keys:
            self.know(self.pack.registers[register])
        known = self.places.get(register, {}).get(county) or self.keys[register]
        return self.random.choice(known) if known else None

    def know(self, register: Register) -> None:
        """Keys of entries that were there before, made by a generator of their own."""
        self.keys[register.id] = []
        key = key_of(register)
        if key is None:
            return
        held = table_of(self.pack, register.id)._default_manager.order_by("pk")
        stored = attributes_of(key.id, key.encrypted)[0]
        for row in held.exclude(**{stored: None})[:KNOWN]:
            value = getattr(row, stored)
            text = opened(key.type, bytes(value)) if key.encrypted else str(value)
            self.note(register, text, row.region - row.region % COUNTY)  # type: ignore[attr-defined]

    def note(self, register: Register, key: str, county: int) -> None:
        self.keys.setdefault(register.id, []).append(key)
        self.places.setdefault(register.id, {}).setdefault(county, []).append(key)

    def key(self, register: Register, one: Field, county: int) -> str:
        if one.type == "id_number":
            gender = "男" if self.serial % 2 else "女"
            made = id_number(FIRST_BIRTHDAY + timedelta(days=self.serial // A_DAY), gender, FROM + self.serial % A_DAY)
        elif one.id.endswith("credit_code"):
            made = credit_code("company", FIRST_FIRM + self.serial)
        else:
            head = re.sub(r"\d+$", "", one.example) or "示例-"
            made = f"{head}{self.serial:04d}"
        self.note(register, made, county)
        return made

    def title(self, register: Register, one: Field, county: int) -> str:
        if register.journal is not None and one.samples:
            return self.random.choice(one.samples)
        if register.subject == "person" or one.id == "person_name":
            return person_name(self.random, "男" if self.serial % 2 else "女", 1978)
        kind = self.random.choice(one.samples) if one.samples else register.label
        return f"{self.pack.regions[county].short_name or ''}{self.random.choice(PLACE_WORDS)}{kind}（示例）"

    def plain(self, register: Register, one: Field, county: int) -> Value:
        match one.type:
            case "text" | "long_text":
                return self.text(one)
            case "int" | "decimal" | "money":
                return self.number(one)
            case "bool":
                return self.random.random() < 0.5
            case "code":
                return self.random.choice(list(one.codes))
            case "list":
                return tuple(self.random.sample(list(one.codes), k=min(2, len(one.codes))))
            case "region":
                return self.place(county) if one.id == register.region_field else county
            case "date":
                return self.day(one)
            case "phone":
                return phone(FIRST_PHONE + self.serial)
        return None

    def text(self, one: Field) -> Value:
        if one.samples:
            return self.random.choice(one.samples)
        if one.id.endswith(("_name", "contact", "executive")):
            return person_name(self.random, "女" if self.serial % 2 else "男", 1980)
        return None

    def number(self, one: Field) -> int:
        if one.samples:
            drawn = int(self.random.choice(one.samples))
        else:
            least = one.least or 0
            drawn = self.random.randint(least, min(one.most or least + 50, least + 200))
        return drawn if one.type == "int" else drawn * HUNDRED

    def place(self, county: int) -> int:
        """Every second one in a town of the county."""
        towns = [one.code for one in self.pack.regions.values() if one.parent == county]
        return self.random.choice(towns) if towns and self.serial % 2 else county

    def day(self, one: Field) -> date:
        if one.not_after == "today":
            return pick_date(self.random, self.until - timedelta(days=365 * YEARS), self.until - timedelta(days=1))
        return pick_date(self.random, self.until - timedelta(days=60), self.until + timedelta(days=365 * YEARS))


def fill_declared(pack: Pack, until: date) -> dict[str, int]:
    """Entries for every register that wants some and has none; register → how many. Registers referred to first."""
    maker = Maker(pack, until, Random(pack.city.region + 7))
    counties = [code for code, region in sorted(pack.regions.items()) if region.level == "county"]
    made: dict[str, int] = {}
    for register in in_order(pack):
        if table_of(pack, register.id)._default_manager.exists():
            continue
        reports = list(reports_of(maker, register, counties))
        if not reports:
            continue
        taken = take(pack, register, reports, region=pack.city.region)
        put_on_steps(maker, register, [one.subject_id for one in taken])
        doubles = {
            one.subject_id
            for one, report in zip(taken, reports, strict=True)
            if str(report.values.get(register.key_field or "")) in maker.again
        }
        if register.subject == PERSON and doubles:
            put_down(sorted(doubles))
        detail = {"register": register.id, "count": str(len(reports))}
        audit.record(SYSTEM, "register.seed", f"pack:{pack.city.id}", region=pack.city.region, detail=detail)
        made[register.id] = len(reports)
    refer(maker)
    return made


def refer(maker: Maker) -> None:
    """Some entries of the other registers refer to the invented ones: projects to who invests."""
    for register in maker.pack.registers.values():
        key = key_of(register)
        named = [one for one in register.fields.values() if one.refers_to and maker.keys.get(one.refers_to.register_)]
        if register.sample or key is None or key.encrypted or not named:
            continue
        held = table_of(maker.pack, register.id)._default_manager.exclude(**{attribute(key.id): None}).order_by("pk")
        reports = [
            Report(
                {one.id: maker.random.choice(maker.keys[one.refers_to.register_]) for one in named if one.refers_to},
                next(iter(register.sources)),
                maker.until,
                subject_id=row.subject_id,  # type: ignore[attr-defined]
            )
            for row in held[:REFERRING]
        ]
        take(maker.pack, register, reports, region=maker.pack.city.region)


def in_order(pack: Pack) -> list[Register]:
    wanted = [register for register in pack.registers.values() if register.sample]
    return sorted(wanted, key=lambda one: (one.journal is not None, references_in(one)))


def references_in(register: Register) -> int:
    return sum(one.refers_to is not None for one in register.fields.values())


def reports_of(maker: Maker, register: Register, counties: list[int]) -> Iterator[Report]:
    """None of a journal where nobody is known whom it could be about."""
    if register.journal is not None and maker.value(register, register.fields[register.journal.about], 0) is None:
        return
    source, senders = next(iter(register.sources)), senders_by_name(maker.pack, register)
    for county in counties:
        for _ in range(register.sample):
            age = maker.random.randint(1, max(2, register.fresh_days + register.fresh_days // 4))
            values = maker.entry(register, county)
            sender = next((senders[one] for one in values.values() if isinstance(one, str) and one in senders), None)
            yield Report(values, source, maker.until - timedelta(days=age), unit_id=sender)


def senders_by_name(pack: Pack, register: Register) -> dict[str, int]:
    """Who sends as the register's first source, by short name: an invented entry in which one stands is that one's."""
    first = next(iter(register.sources))
    kinds = {kind for kind, source in register.senders.items() if source.id == first}
    codes = {unit.code: unit.short_name for unit in pack.units.values() if unit.kind in kinds}
    return {codes[code]: pk for code, pk in unit_ids(codes).items()} if codes else {}


def put_on_steps(maker: Maker, register: Register, subject_ids: list[int]) -> None:
    """Most come in where the ladder begins, some have risen, some stand on none."""
    if register.ladder is None:
        return
    steps = list(register.levels)
    first = steps.index(register.ladder.start)
    for place, subject_id in enumerate(subject_ids):
        was = ""
        for step in steps[first : first + (place % len(steps))]:
            words: Mapping[str, str] = {"reason": "年度评审通过", "evidence": "示例评审会议纪要"}
            decide_level(
                SYSTEM, register=register.id, subject_id=subject_id, to=step, was=was, decided_on=maker.until, **words
            )
            was = step
