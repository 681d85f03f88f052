"""Loading a pack: read, fill templates, check every reference and rule. All faults together, or a frozen Pack."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guiyan.engine.phrases import Phrase
from guiyan.engine.rules.model import Fact, GoldenCase, Measure
from guiyan.engine.rules.stacking import Cap, Exclusion, Stacking
from guiyan.packs.boundaries import Boundary, read_boundaries
from guiyan.packs.bundle import Bundle
from guiyan.packs.calendar import Calendar
from guiyan.packs.checks import check_pack
from guiyan.packs.errors import PackErrors, Problem, unknown_name
from guiyan.packs.expand import filled_collective, template_words_missing, units_of_template
from guiyan.packs.flow import Flow
from guiyan.packs.flow_file import read_flow
from guiyan.packs.item import Form, Item
from guiyan.packs.pack import Pack
from guiyan.packs.parts import file_name
from guiyan.packs.people import DemoAccount, Role
from guiyan.packs.places import City, Collective, Region, Unit, UnitTemplate
from guiyan.packs.plan import Indicator, PlanLink
from guiyan.packs.reading import M, Reading
from guiyan.packs.regions import read_regions, read_superseded
from guiyan.packs.register import ComparisonList, Register
from guiyan.packs.relation import ServiceKind, StandingRelation
from guiyan.packs.shape import shaped
from guiyan.packs.survey import Survey
from guiyan.packs.trade import Trade
from guiyan.packs.trigger import Trigger
from guiyan.packs.warnings import warnings_of

BASE = Path(__file__).with_name("base")
REPOSITORY = Path(__file__).parents[3]
FILES = frozenset(
    {
        "city.yaml",
        "regions.csv",
        "superseded.csv",
        "boundaries.geojson",
        "units.yaml",
        "roles.yaml",
        "demo.yaml",
        "calendar.yaml",
        "facts.yaml",
    }
    | {"plans.yaml", "indicators.yaml", "services.yaml", "phrases.yaml", "trades.yaml", "stacking.yaml"}
)
FOLDERS = frozenset(
    {
        "registers",
        "lists",
        "measures",
        "items",
        "forms",
        "flows",
        "examples",
        "documents",
        "relations",
        "bundles",
        "plans",
        "triggers",
        "surveys",
    }
)


def find_pack(city: str) -> Path:
    """The folder of a city's pack, in GUIYAN_CITIES or the repository's `cities/`."""
    root = Path(os.environ.get("GUIYAN_CITIES") or REPOSITORY / "cities")
    folder = root / city
    if (folder / "city.yaml").is_file() and folder.parent == root:
        return folder
    known = [path.parent.name for path in root.glob("*/city.yaml")]
    raise PackErrors([Problem(str(root), 1, unknown_name("city", city, known))])


def load_pack(folder: Path | str, *, warn: Callable[[Problem], None] | None = None) -> Pack:
    """The city's declarations, frozen. Raises PackErrors with every problem of the folder.

    warn: told of what is not wrong but can't be meant, such as a measure that nobody can meet; looked for only then.
    """
    reading = Reading(Path(folder), shown_as(Path(folder)))
    if not Path(folder).is_dir():
        raise PackErrors([Problem(reading.shown_as, 1, "there is no such folder")])
    parts = read_parts(reading)
    if not reading.problems():
        pack = Pack.model_construct(**parts)  # every part is validated already
        check_pack(pack, reading)
    if reading.problems():
        raise PackErrors(reading.problems())
    if warn is not None:
        for warning in warnings_of(pack, reading):
            warn(warning)
    return pack


def shown_as(folder: Path) -> str:
    """As people would type it: below the working directory when it is there."""
    whole = folder.resolve()
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(folder)


def read_parts(reading: Reading) -> dict[str, Any]:
    stray_files(reading)
    regions = regions_of(reading)
    units, collectives = units_of(reading, regions)
    return {
        "city": city_of(reading),
        "regions": regions,
        "superseded": superseded_of(reading, regions),
        "boundaries": boundaries_of(reading, regions),
        "units": units,
        "collectives": collectives,
        "roles": reading.entries("roles", Role, reading.tree("roles.yaml")),
        "calendar": calendar_of(reading),
        "registers": reading.whole("registers", Register),
        "lists": reading.whole("lists", ComparisonList),
        "relations": reading.whole("relations", StandingRelation),
        "services": reading.entries("services", ServiceKind, reading.tree("services.yaml")),
        "triggers": reading.whole("triggers", Trigger),
        "surveys": reading.whole("surveys", Survey),
        "trades": reading.entries("trades", Trade, reading.tree("trades.yaml")),
        "facts": with_base(reading, "facts", Fact),
        "phrases": with_base(reading, "phrases", Phrase),
        "measures": reading.whole("measures", Measure),
        "stacking": stacking_of(reading),
        "items": reading.whole("items", Item),
        "forms": reading.whole("forms", Form),
        "flows": flows_of(reading),
        "bundles": reading.whole("bundles", Bundle),
        "plans": plans_of(reading),
        "indicators": reading.entries("indicators", Indicator, reading.tree("indicators.yaml")),
        "examples": examples_of(reading),
        "demo": reading.entries("demo", DemoAccount, reading.tree("demo.yaml"), key="username"),
    }


def stray_files(reading: Reading) -> None:
    """A misspelt file name must not make its content vanish in silence."""
    for path in sorted(reading.folder.iterdir()):
        known = FOLDERS if path.is_dir() else FILES
        if path.name not in known and path.suffix != ".md" and not path.name.startswith("."):
            kind = "folder" if path.is_dir() else "file"
            message = unknown_name(kind, path.name, known, most=20)
            reading.found.append(Problem(f"{reading.shown_as}/{path.name}", 1, message))


def city_of(reading: Reading) -> City | None:
    tree = reading.tree("city.yaml")
    if tree is None:
        reading.found.append(Problem(f"{reading.shown_as}/city.yaml", 1, "the file is missing"))
        return None
    reading.origins[("city", "")] = (tree, ())
    return shaped(City, {**tree.mapping(), "id": reading.folder.resolve().name}, tree)


def regions_of(reading: Reading) -> dict[int, Region]:
    path, name = reading.folder / "regions.csv", f"{reading.shown_as}/regions.csv"
    if not path.is_file():
        reading.found.append(Problem(name, 1, "the file is missing"))
        return {}
    return read_regions(path, name, reading.found)


def superseded_of(reading: Reading, regions: dict[int, Region]) -> dict[str, int]:
    path = reading.folder / "superseded.csv"
    return read_superseded(path, f"{reading.shown_as}/{path.name}", regions, reading.found) if path.is_file() else {}


def boundaries_of(reading: Reading, regions: dict[int, Region]) -> dict[int, Boundary]:
    path = reading.folder / "boundaries.geojson"
    return read_boundaries(path, f"{reading.shown_as}/{path.name}", regions, reading.found) if path.is_file() else {}


def units_of(reading: Reading, regions: dict[int, Region]) -> tuple[dict[str, Unit], dict[str, Collective]]:
    tree = reading.tree("units.yaml")
    units = reading.entries("units", Unit, tree, "units", key="code")
    reading.only_keys(tree, "units", "templates", "collectives")
    for name, template in reading.entries("templates", UnitTemplate, tree, "templates").items():
        for text in template_words_missing(template):
            reading.blame("templates", name, (), f"`{text}` has a placeholder that is not known")
            return units, {}
        for unit in units_of_template(template, regions):
            if unit.code in units:
                reading.blame("templates", name, (), f"unit `{unit.code}` is already there")
            units[unit.code] = unit
            reading.origins[("units", unit.code)] = reading.origins[("templates", name)]
    found = reading.entries("collectives", Collective, tree, "collectives")
    return units, {name: filled_collective(collective, units) for name, collective in found.items()}


def calendar_of(reading: Reading) -> Calendar | None:
    tree = reading.tree("calendar.yaml")
    return None if tree is None else shaped(Calendar, tree.mapping(), tree)


def stacking_of(reading: Reading) -> Stacking:
    tree = reading.tree("stacking.yaml")
    reading.only_keys(tree, "excludes", "caps")
    return Stacking(
        excludes=reading.entries("excludes", Exclusion, tree, "excludes"),
        caps=reading.entries("caps", Cap, tree, "caps"),
    )


def with_base(reading: Reading, kind: str, model: type[M]) -> dict[str, M]:
    """The base catalogue (of facts, of phrases), the same in every city, and the city's own after it."""
    base = reading.entries(kind, model, reading.open(BASE / f"{kind}.yaml", f"base/{kind}.yaml"))
    own_tree = reading.tree(f"{kind}.yaml")
    for name in base.keys() & (own_tree.mapping().keys() if own_tree else set()):
        assert own_tree is not None
        one = kind.removesuffix("s")
        message = f"{one} `{name}` is in the base catalogue already; give the city's own {one} another name"
        own_tree.problems.append(Problem(own_tree.file, own_tree.line((name,)), message))
    return {**base, **reading.entries(kind, model, own_tree)}


def plans_of(reading: Reading) -> dict[str, PlanLink]:
    """Those of `plans.yaml`, and one a file in `plans/`, in the order of their names."""
    found = reading.entries("plans", PlanLink, reading.tree("plans.yaml"))
    own = reading.whole("plans", PlanLink)
    for name in found.keys() & own.keys():
        reading.blame("plans", name, (), f"plan `{name}` is in plans.yaml already")
    return dict(sorted({**found, **own}.items(), key=lambda each: file_name(each[0])))


def flows_of(reading: Reading) -> dict[str, Flow]:
    found: dict[str, Flow] = {}
    for stem, tree in reading.files("flows"):
        flow, faults = read_flow({"id": stem, **tree.mapping()})
        for fault in faults:
            tree.problems.append(Problem(tree.file, tree.line(fault.path), fault.message))
        reading.keep(found, "flows", stem, flow, tree, ())
    return found


def examples_of(reading: Reading) -> tuple[GoldenCase, ...]:
    """`examples/<measure>.yaml`: `cases`, each with facts, a day and the verdict that is right."""
    found: list[GoldenCase] = []
    for stem, tree in reading.files("examples"):
        cases = tree.mapping().get("cases")
        if not isinstance(cases, list) or tree.mapping().keys() != {"cases"}:
            tree.problems.append(Problem(tree.file, 1, "the file holds one list, `cases`"))
            continue
        for place, data in enumerate(cases):
            path = ("cases", place)
            case = shaped(GoldenCase, {**data, "measure": stem} if isinstance(data, dict) else data, tree, path)
            if case is not None:
                reading.origins[("examples", str(len(found)))] = (tree, path)
                found.append(case)
    return tuple(found)
