"""What a proposal says, read as the pack would read it: the measure, its golden cases, the pack as it would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from guiyan.engine.rules.errors import Path
from guiyan.engine.rules.model import GoldenCase, Measure
from guiyan.packs import Item, Pack, PlanLink
from guiyan.packs.parts import Part, with_part
from guiyan.packs.patterns import item_like
from guiyan.packs.shape import worth_reading
from guiyan.policies.fault_words import of_shape

DOCUMENT_PARTS = {"issued_on": "的发文日期", "title": "的标题", "document": "的标识"}
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
    plan_link: Any = None


@dataclass(frozen=True)
class Read:
    """places: for each golden case its place in the draft. made: which of `items` and `plans` are made for it."""

    measure: Measure
    cases: Sequence[GoldenCase]
    places: Sequence[int]
    item: Item | None
    plan: PlanLink | None
    made: frozenset[str]

    def put_into(self, pack: Pack) -> Pack:
        part = Part(self.measure, tuple(self.cases), self.item, self.plan)
        return with_part(pack, self.measure.id, part, self.made)


def read_draft(draft: Draft, tell: Tell) -> Read | None:
    """None where the measure can't be read at all. tell: called with the place and the words of every fault."""
    measure = read_as(Measure, draft.content, draft.measure_id, "id", (), tell)
    cases, places = read_cases(draft, tell)
    if measure is None:
        return None
    item, plan = new_item(draft, measure, tell), new_plan(draft, tell)
    if item is not None:
        measure = measure.model_copy(update={"item": measure.id})
    made = frozenset(name for name, one in (("items", item), ("plans", plan)) if one is not None)
    return Read(measure, cases, places, item, plan, made)


def new_item(draft: Draft, measure: Measure, tell: Tell) -> Item | None:
    """The item that is made for the measure; None where it has one, or none is wanted."""
    if not draft.item_like or draft.measure_id in draft.base.items:
        return None
    pattern = draft.base.items.get(draft.item_like)
    if pattern is None or not pattern.measure or pattern.kind != measure.kind:
        tell(("item",), "照着办的事项没有，或者对象和这项措施不同，请另选一个。")
        return None
    return item_like(draft.base, pattern, measure)


def new_plan(draft: Draft, tell: Tell) -> PlanLink | None:
    """The link to a document that the pack does not know yet; None where it knows it, or none is given."""
    if not draft.plan_link:
        return None

    def of_document(path: Path, words: str) -> None:
        what = DOCUMENT_PARTS.get(str(path[-1]) if path else "", "")
        tell(("clause", "document"), f"依据的文件{what}：{words}")

    link = read_as(PlanLink, draft.plan_link, draft.measure_id, "id", (), of_document)
    known = draft.base.plans.values()
    if link is None or any((one.document, one.short_title) == (link.document, link.short_title) for one in known):
        return None
    return link


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
