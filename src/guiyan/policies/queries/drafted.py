"""What a proposal says, read as the pack would read it: the measure, its golden cases, the pack as it would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from guiyan.engine.rules.errors import Path
from guiyan.engine.rules.model import GoldenCase, Measure
from guiyan.packs import Item, Pack
from guiyan.packs.parts import Part, with_part
from guiyan.packs.patterns import item_like
from guiyan.packs.shape import worth_reading
from guiyan.policies.fault_words import of_shape

M = TypeVar("M", bound=BaseModel)
Tell = Callable[[Path, str], None]


@dataclass(frozen=True)
class Draft:
    """What is checked. content, cases: as the proposal keeps them; base: the pack that it would be put into."""

    measure_id: str
    is_new: bool
    item_like: str
    content: Any
    cases: Any
    base: Pack


@dataclass(frozen=True)
class Read:
    """places: for each golden case its place in the draft. makes_item: whether an item is made for the measure."""

    measure: Measure
    cases: Sequence[GoldenCase]
    places: Sequence[int]
    item: Item | None
    makes_item: bool

    def put_into(self, pack: Pack) -> Pack:
        part = Part(self.measure, tuple(self.cases), self.item)
        return with_part(pack, self.measure.id, part, item=self.makes_item)


def read_draft(draft: Draft, tell: Tell) -> Read | None:
    """None where the measure can't be read at all. tell: called with the place and the words of every fault."""
    measure = read_as(Measure, draft.content, draft.measure_id, "id", (), tell)
    cases, places = read_cases(draft, tell)
    if measure is None:
        return None
    item, makes_item = None, bool(draft.item_like) and draft.measure_id not in draft.base.items
    if makes_item:
        pattern = draft.base.items.get(draft.item_like)
        if pattern is None or not pattern.measure or pattern.kind != measure.kind:
            tell(("item",), "照着办的事项没有，或者对象和这项措施不同，请另选一个。")
            makes_item = False
        else:
            measure = measure.model_copy(update={"item": measure.id})
            item = item_like(draft.base, pattern, measure)
    return Read(measure, cases, places, item, makes_item)


def read_cases(draft: Draft, tell: Tell) -> tuple[list[GoldenCase], list[int]]:
    cases, places = [], []
    for place, data in enumerate(draft.cases if isinstance(draft.cases, list) else ()):
        case = read_as(GoldenCase, data, draft.measure_id, "measure", ("cases", place), tell)
        if case is not None:
            cases.append(case)
            places.append(place)
    return cases, places


def read_as(model: type[M], data: Any, name: str, key: str, here: Path, tell: Tell) -> M | None:
    if not isinstance(data, dict):
        tell(here, "这里没有填写，或者格式不对。")
        return None
    try:
        return model.model_validate({**data, key: name})
    except ValidationError as wrong:
        for error in worth_reading(wrong):
            tell((*here, *error["loc"]), of_shape(error))
        return None
