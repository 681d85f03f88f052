"""The facts that rules may name, and how given values become the whole numbers, texts and sets that rules compare.

A catalogue may be a city's facts, or the fields of a form, or what a flow's guard may ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from guiyan.engine.rules.dates import LAST_DAY
from guiyan.engine.rules.errors import FactError, unknown_fact
from guiyan.engine.rules.model import Fact, FactType
from guiyan.engine.values import region_code
from guiyan.engine.values.declared import LARGEST, day, truth, whole_number

# The day on which the question is asked: a fact of every catalogue, always known.
ON_DAY = "on_day"
ON_DAY_FACT = Fact.model_validate({"id": ON_DAY, "label": "判断当天", "type": "date", "for": ["person"]})

Value = bool | int | str | frozenset[str] | Mapping[str, int | None]  # None: received, and not known how much
Facts = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Facts by id. `names` labels codes that facts don't list: regions (by 12 digits), measures (by id)."""

    facts: Mapping[str, Fact]
    names: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> Fact | None:
        return ON_DAY_FACT if name == ON_DAY else self.facts.get(name)

    @cached_property
    def code_places(self) -> dict[str, dict[str, int]]:
        """Per code fact: code → its place in the declared order."""
        return {
            name: {code: place for place, code in enumerate(fact.codes)}
            for name, fact in self.facts.items()
            if fact.type == "code"
        }

    def read(self, facts: Facts) -> dict[str, Value]:
        """Given facts, checked, as rules compare them. None means unknown. Raises FactError naming the fact."""
        return {name: self.read_one(name, value) for name, value in facts.items() if value is not None}

    def read_one(self, name: str, value: object) -> Value:
        fact = self.facts.get(name)
        if fact is None:
            raise FactError(unknown_fact(name, self.facts))
        if fact.derive is not None:
            raise FactError(f"`{name}` is derived from other facts; it can't be given")
        try:
            found: Value = READERS[fact.type](value, fact)
        except ValueError as wrong:
            raise FactError(f"fact `{name}` ({fact.label}): {wrong}") from None
        return found

    def read_texts(self, facts: Facts) -> dict[str, Value]:
        """Facts written in YAML, where every scalar is text (`"1"`, `"true"`)."""
        return self.read({name: self.from_text(name, value) for name, value in facts.items()})

    def from_text(self, name: str, value: object) -> object:
        """A text that doesn't fit is left as it is: `read` refuses it by the name of the fact."""
        fact = self.facts.get(name)
        try:
            if fact is not None and fact.type == "int":
                return whole_number(value)
            if fact is not None and fact.type == "bool":
                return truth(value)
            if fact is not None and fact.type == "map" and isinstance(value, Mapping):
                return {key: whole_number(amount) for key, amount in value.items()}
        except ValueError:
            return value
        return value

    def with_facts(self, more: Iterable[Fact]) -> Catalogue:
        return Catalogue({**self.facts, **{fact.id: fact for fact in more}}, self.names)


def read_bool(value: object, fact: Fact) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false is needed, not {shown(value)}")
    return value


def read_int(value: object, fact: Fact) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"a whole number is needed, not {shown(value)}")
    least, most = bounds(fact)
    if not least <= value <= most:
        raise ValueError(f"{value} is not between {least} and {most}")
    return value


def read_date(value: object, fact: Fact) -> int:
    return day(value).toordinal()


def read_text(value: object, fact: Fact) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text is needed, not {shown(value)}")
    return value


def read_code(value: object, fact: Fact) -> int:
    codes = list(fact.codes)
    if value not in codes:
        raise ValueError(f"one of {', '.join(codes)} is needed, not {shown(value)}")
    return codes.index(str(value))


def read_region(value: object, fact: Fact) -> int:
    return region_code(value)


def read_list(value: object, fact: Fact) -> frozenset[str]:
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"a list of ids is needed, not {shown(value)}")
    return frozenset(value)


def read_map(value: object, fact: Fact) -> Mapping[str, int]:
    if not isinstance(value, Mapping):
        raise ValueError(f"a mapping of ids to amounts is needed, not {shown(value)}")
    return {str(key): read_int(amount, fact) for key, amount in value.items()}


READERS: dict[FactType, Any] = {
    "bool": read_bool,
    "int": read_int,
    "date": read_date,
    "text": read_text,
    "code": read_code,
    "region": read_region,
    "list": read_list,
    "map": read_map,
}


def bounds(fact: Fact) -> tuple[int, int]:
    """The smallest and largest value that a fact of an ordered type can have."""
    if fact.type == "date":
        return 1, LAST_DAY
    if fact.type == "code":
        return 0, len(fact.codes) - 1
    if fact.type == "region":
        return 100_000_000_000, 999_999_999_999
    if fact.type == "map":
        return 0, LARGEST
    return (-LARGEST if fact.least is None else fact.least), (LARGEST if fact.most is None else fact.most)


def shown(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else repr(value)
    return text if len(text) <= 60 else text[:60] + "…"
