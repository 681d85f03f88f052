"""One measure as the files of a pack have it: plain data in which every scalar is text, and its YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml
from yaml.nodes import ScalarNode

from guiyan.engine.rules.model import GoldenCase, Measure
from guiyan.engine.values import Declared
from guiyan.packs.item import Item
from guiyan.packs.plan import PlanLink
from guiyan.packs.reading import with_ids
from guiyan.packs.yamltree import tree_of

Data = dict[str, Any]


def measure_data(measure: Measure) -> Data:
    """As `measures/<id>.yaml` would say it; what is as it always is stays unsaid."""
    return data_of(measure, "id")


def cases_data(cases: Iterable[GoldenCase]) -> list[Data]:
    """As `cases` of `examples/<measure>.yaml`."""
    return [data_of(case, "measure") for case in cases]


def item_data(item: Item) -> Data:
    """As `items/<id>.yaml`; keyed parts carry no `id` of their own there."""
    data = data_of(item, "id")
    for key in ("materials", "checks"):
        for entry in data.get(key, {}).values():
            entry.pop("id", None)
    return data


def plan_data(plan: PlanLink) -> Data:
    """As `plans/<id>.yaml`."""
    return data_of(plan, "id")


def data_of(thing: Declared, named_by_file: str) -> Data:
    dumped = thing.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={named_by_file})
    found = as_texts(dumped)
    assert isinstance(found, dict)
    return found


def as_texts(value: object) -> object:
    """The value as YAML would be read: scalars are text, `None` is nothing written."""
    if isinstance(value, Mapping):
        return {str(key): as_texts(each) for key, each in value.items()}
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, Sequence):
        return [as_texts(each) for each in value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def yaml_text(data: Mapping[str, object]) -> str:
    """YAML that reads back as the same data: `tree_of` leaves every scalar the text that it is."""
    return yaml.dump(data, Dumper=TextDumper, allow_unicode=True, sort_keys=False, width=120)


class TextDumper(yaml.SafeDumper):
    """Scalars are written plainly, as people write them (5000, 2025-06-09): no type is guessed when they are read."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def text_node(dumper: yaml.SafeDumper, text: str) -> ScalarNode:
    # An empty text needs its quotes: nothing written at all is no value.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text else "'")


def nothing_node(dumper: yaml.SafeDumper, nothing: None) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", "")


TextDumper.add_representer(str, text_node)
TextDumper.add_representer(type(None), nothing_node)


def measure_of(name: str, text: str) -> Measure:
    """Raises ValueError (pydantic's) for a text that is none; texts that a release keeps were checked before."""
    return Measure.model_validate({**read(text), "id": name})


def cases_of(name: str, text: str) -> tuple[GoldenCase, ...]:
    return tuple(GoldenCase.model_validate({**case, "measure": name}) for case in read(text)["cases"])


def item_of(name: str, text: str) -> Item:
    return Item.model_validate(with_ids({**read(text), "id": name}))


def plan_of(name: str, text: str) -> PlanLink:
    return PlanLink.model_validate({**read(text), "id": name})


def read(text: str) -> Data:
    data = tree_of(lambda: text, "").data
    assert isinstance(data, dict)
    return data
