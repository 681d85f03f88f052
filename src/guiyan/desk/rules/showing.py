"""A draft → what the builder's page draws, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guiyan.desk.rules.choices import Choice, Choices
from guiyan.desk.rules.content import Data, last_version, mapping, row_of, saying_of, words
from guiyan.desk.rules.row_showing import GroupView, LineView, shown
from guiyan.engine.rules import sentence
from guiyan.engine.rules.building import Row, tree_of
from guiyan.engine.rules.building_words import Saying, faults
from guiyan.packs import Pack

Errors = Mapping[str, str]
NOT_YET = "还没有写完"
STRENGTHS: list[Choice] = [("shall", "应当给"), ("encouraged", "鼓励给，由经办单位决定")]
ONCE: list[Choice] = [
    ("", "可以多次"),
    ("person", "每人一次"),
    ("organisation", "每家一次"),
    ("project", "每个项目一次"),
]
TYPES: list[Choice] = [("int", "整数"), ("date", "日期"), ("code", "类别"), ("text", "文字"), ("region", "地方")]


@dataclass(frozen=True)
class ConditionView:
    """written: a text that no builder can show, as it stands; then there is no row."""

    prefix: str
    id: str
    label: str
    row: LineView | GroupView | None
    written: str
    sentence: str
    error: str


@dataclass(frozen=True)
class ParameterView:
    prefix: str
    id: str
    label: str
    type: str
    value: str
    set_by: str
    regions: list[tuple[str, str, str]]  # code, name, value
    error: str


def sentence_of(row: Row | None, saying: Saying) -> str:
    """What the rows mean; that they are not finished, while a line is."""
    if row is None or next(faults(row, saying), None) is not None:
        return NOT_YET
    return sentence(tree_of(row), saying.catalogue, saying.parameters)


def choices_of(pack: Pack, content: Data) -> Choices:
    return Choices(pack, saying_of(pack, content))


def conditions_of(content: Data, choices: Choices, errors: Errors) -> list[ConditionView]:
    found = mapping(last_version(content).get("conditions"))
    return [
        condition_view(f"c{place}", name, mapping(found[name]), choices, errors) for place, name in enumerate(found)
    ]


def condition_view(prefix: str, name: str, data: Data, choices: Choices, errors: Errors) -> ConditionView:
    row = row_of(data.get("when"))
    return ConditionView(
        prefix=prefix,
        id=name,
        label=words(data.get("label")),
        row=shown(row, f"{prefix}.w", choices) if row is not None else None,
        written=words(data.get("when")) if row is None else "",
        sentence=sentence_of(row, choices.saying),
        error=errors.get(prefix, ""),
    )


def parameters_of(content: Data, pack: Pack, errors: Errors) -> list[ParameterView]:
    found = mapping(last_version(content).get("parameters"))
    return [parameter_view(f"p{place}", name, mapping(found[name]), pack, errors) for place, name in enumerate(found)]


def parameter_view(prefix: str, name: str, data: Data, pack: Pack, errors: Errors) -> ParameterView:
    names = pack.catalogue.names
    return ParameterView(
        prefix=prefix,
        id=name,
        label=words(data.get("label")),
        type=words(data.get("type")),
        value=words(data.get("value")),
        set_by=words(data.get("set_by")),
        regions=[
            (code, names.get(code.ljust(12, "0"), code), words(value))
            for code, value in mapping(data.get("by_region")).items()
        ],
        error=errors.get(prefix, ""),
    )
