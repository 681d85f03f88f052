"""Plain data against its declared type: pydantic's errors turned into sentences with the file's line."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guiyan.packs.errors import Problem, unknown_name
from guiyan.packs.yamltree import Path_, Tree

SHAPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "string_type": "text",
}
M = TypeVar("M", bound=BaseModel)


def shaped(model: type[M], data: object, tree: Tree, path: Path_ = ()) -> M | None:
    """The data as `model`, or None with every fault added to the tree's problems."""
    try:
        return model.model_validate(data)
    except ValidationError as wrong:
        for error in worth_reading(wrong):
            line = tree.line((*path, *error["loc"]))
            tree.problems.append(Problem(tree.file, line, sentence(model, error)))
        return None


def worth_reading(wrong: ValidationError) -> Iterator[ErrorDetails]:
    found = wrong.errors(include_url=False)
    above = {error["loc"][:length] for error in found for length in range(len(error["loc"]))}
    # A list is called too short when its entries are wrong; only their faults are worth reading.
    return (error for error in found if not (error["type"] == "too_short" and error["loc"] in above))


def sentence(model: type[BaseModel], error: ErrorDetails) -> str:
    place = ".".join(str(part) for part in error["loc"])
    last = str(error["loc"][-1]) if error["loc"] else ""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f"`{place}` is missing"
    if kind == "extra_forbidden":
        return unknown_name("key", last, tuple(keys_at(model, error["loc"][:-1])), most=40)
    if kind == "literal_error":
        return f"`{place}`: one of {context.get('expected')} is needed, not `{error['input']}`{near(error)}"
    if kind == "too_short":
        return f"`{place}`: at least {context.get('min_length')} is needed"
    if kind in SHAPES:
        return f"`{place}`: {SHAPES[kind]} is needed, not `{short(error['input'])}`"
    text = error["msg"].removeprefix("Value error, ")
    return f"`{place}`: {text}" if place else text


def near(error: ErrorDetails) -> str:
    allowed = [
        word.strip(" '") for word in str(error.get("ctx", {}).get("expected", "")).replace(" or ", ",").split(",")
    ]
    close = get_close_matches(str(error["input"]), allowed, n=1)
    return f". Did you mean {close[0]}?" if close else ""


def short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"


def keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> Iterator[str]:
    """The keys allowed at a place inside the model's data."""
    here: object = model
    for part in loc:
        here = step(here, part)
    if isinstance(here, type) and issubclass(here, BaseModel):
        for name, field in here.model_fields.items():
            if name not in ("id", "members"):
                yield field.alias or name


def step(here: object, part: str | int) -> object:
    if isinstance(here, type) and issubclass(here, BaseModel):
        for name, field in here.model_fields.items():
            if part in (name, field.alias):
                return bare(field.annotation)
        return None
    arguments = typing.get_args(here)
    if not arguments:
        return None
    return bare(arguments[1] if typing.get_origin(here) in (dict, Mapping.__mro__[0]) else arguments[0])


def bare(annotation: object) -> object:
    """`X | None` is X."""
    kept = [part for part in typing.get_args(annotation) if part is not type(None)]
    return kept[0] if type(None) in typing.get_args(annotation) and len(kept) == 1 else annotation
