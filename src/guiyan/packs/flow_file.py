"""Reading a flow file: a template by name with the city's own limits, or a flow written out in full.

A city says only what is its own to say: the title, the length of each clock with where it comes from, and examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from guiyan.packs.flow import Flow
from guiyan.packs.flow_check import Problem, problems, unknown
from guiyan.packs.yamltree import FastLoader

TEMPLATES = FilePath(__file__).with_name("flow_templates")


class Limit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(ge=1, le=3660)
    note: str = ""
    head_after: int | None = Field(default=None, ge=1)
    supervision_after: int | None = Field(default=None, ge=1)


class TemplatedFlow(BaseModel):
    """The form of a city's flow file that uses a template."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    template: str
    title: str
    limits: dict[str, Limit] = Field(default_factory=dict)
    examples: list[dict[str, Any]] = Field(default_factory=list)


def template_names() -> list[str]:
    return sorted(path.stem for path in TEMPLATES.glob("*.yaml"))


@cache
def template_text(name: str) -> str:
    return (TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8")


def read_flow(raw: Mapping[str, Any]) -> tuple[Flow | None, list[Problem]]:
    """The flow of one file as loaded (scalars may all be strings), and what is wrong with it."""
    faults: list[Problem] = []
    try:
        whole = fill(raw, faults) if "template" in raw else dict(raw)
        flow = Flow.model_validate(whole) if not faults else None
    except ValidationError as error:
        return None, [Problem(tuple(item["loc"]), item["msg"]) for item in error.errors()]
    if flow is not None:
        faults.extend(problems(flow))
    return flow, faults


def fill(raw: Mapping[str, Any], faults: list[Problem]) -> dict[str, Any]:
    """The template's text with the file's limits set in; faults are added to the list."""
    city = TemplatedFlow.model_validate(raw)
    if city.template not in template_names():
        faults.append(unknown(("template",), "flow template", city.template, template_names()))
        return {}
    whole: dict[str, Any] = yaml.load(template_text(city.template), Loader=FastLoader)
    clocks: dict[str, Any] = whole.get("clocks", {})
    for name in city.limits.keys() - clocks.keys():
        faults.append(unknown(("limits", name), "clock", name, clocks))
    for name in clocks.keys() - city.limits.keys():
        faults.append(Problem(("limits",), f"the limit of clock `{name}` ({clocks[name]['label']}) is missing"))
    for name, limit in city.limits.items():
        clocks.get(name, {}).update(limit.model_dump(exclude_none=True))
    return {**whole, "id": city.id, "title": city.title, "template": city.template, "examples": raw.get("examples", [])}
