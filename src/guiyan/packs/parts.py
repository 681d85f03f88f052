"""A measure with all that goes with it: golden cases, and what was made for it at the desk. The unit of a change.

Files of a part: `measures/<id>.yaml`, `examples/<id>.yaml`; and where the desk made them for this measure, its item
(`items/<id>.yaml`) and the link to its document (`plans/<id>.yaml`): these are `made`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from guiyan.engine.rules.model import GoldenCase, Measure
from guiyan.packs.item import Item
from guiyan.packs.pack import Pack
from guiyan.packs.plan import PlanLink
from guiyan.packs.writing import (
    cases_data,
    cases_of,
    item_data,
    item_of,
    measure_data,
    measure_of,
    plan_data,
    plan_of,
    yaml_text,
)

MADE = ("items", "plans")
FOLDERS = ("measures", "examples", *MADE)
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """measure: None where there is no such measure."""

    measure: Measure | None = None
    cases: tuple[GoldenCase, ...] = ()
    item: Item | None = None
    plan: PlanLink | None = None

    def texts(self, name: str) -> dict[str, str]:
        """File → YAML text."""
        found: dict[str, str] = {}
        if self.measure is not None:
            found[f"measures/{name}.yaml"] = yaml_text(measure_data(self.measure))
        if self.cases:
            found[f"examples/{name}.yaml"] = yaml_text({"cases": cases_data(self.cases)})
        if self.item is not None:
            found[f"items/{name}.yaml"] = yaml_text(item_data(self.item))
        if self.plan is not None:
            found[f"plans/{name}.yaml"] = yaml_text(plan_data(self.plan))
        return found


def files_of(name: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}.yaml" for folder in FOLDERS)


def part_in(pack: Pack, name: str, made: Collection[str] = ()) -> Part:
    """made: which of `items` and `plans` belong to the part."""
    return Part(
        pack.measures.get(name),
        tuple(case for case in pack.examples if case.measure == name),
        pack.items.get(name) if "items" in made else None,
        pack.plans.get(name) if "plans" in made else None,
    )


def part_of_texts(texts: Mapping[str, str], name: str) -> Part:
    """What texts that a release keeps say of the measure."""
    measure, cases, item, plan = (texts.get(file) for file in files_of(name))
    return Part(
        measure_of(name, measure) if measure is not None else None,
        cases_of(name, cases) if cases is not None else (),
        item_of(name, item) if item is not None else None,
        plan_of(name, plan) if plan is not None else None,
    )


def names_in(texts: Iterable[str]) -> list[str]:
    """The measures that files of parts belong to, by name."""
    return sorted({file.partition("/")[2].removesuffix(".yaml") for file in texts})


def with_part(pack: Pack, name: str, part: Part, made: Collection[str] = ()) -> Pack:
    """The pack with this part in the place of its own, everything in the order in which files are read.

    made: which of `items` and `plans` belong to the part. Nothing is checked: `check_pack` does.
    """
    changed: dict[str, Any] = {
        "measures": placed(pack.measures, name, part.measure),
        "examples": in_order([*(case for case in pack.examples if case.measure != name), *part.cases]),
    }
    if "items" in made:
        changed["items"] = placed(pack.items, name, part.item)
    if "plans" in made:
        changed["plans"] = placed(pack.plans, name, part.plan)
    return renewed(pack, **changed)


def renewed(pack: Pack, **changed: Any) -> Pack:
    """A copy without what the pack has worked out of itself (digest, compiled rules)."""
    return Pack.model_construct(**{name: getattr(pack, name) for name in Pack.model_fields} | changed)


def placed(things: Mapping[str, T], name: str, thing: T | None) -> dict[str, T]:
    others = {key: each for key, each in things.items() if key != name}
    found = others if thing is None else {**others, name: thing}
    return {key: found[key] for key in sorted(found, key=file_name)}


def in_order(cases: Iterable[GoldenCase]) -> tuple[GoldenCase, ...]:
    return tuple(sorted(cases, key=lambda case: file_name(case.measure)))


def file_name(name: str) -> str:
    """Files are read in the order of their names, in which `a-b.yaml` stands before `a.yaml`."""
    return f"{name}.yaml"
