"""The same made-up measures on OpenFisca-core, for `bench match`: an extra, only to be measured beside.

OpenFisca has no unknown: a missing fact takes its default, and people would be counted who are not known to qualify.
So every fact and every condition is two variables here: what it is, and whether it is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from guiyan.cli.bench_people import COUNTY, TEXTS
from guiyan.engine.population import FactsFile, Plan, plan_of
from guiyan.engine.population.polars_values import EPOCH
from guiyan.engine.rules import CompiledMeasure
from guiyan.engine.rules.closures import OPERATORS
from guiyan.engine.rules.core import All, AnyOf, Ask, Constant, Core, No, Test
from guiyan.engine.rules.core import Variable as Asked

Array = Any  # of bool
Ask_ = Callable[[str], Array]
YEAR = "2026"
PERSON = build_entity(key="person", plural="persons", label="", is_person=True)


def counted(file: FactsFile, measures: Sequence[CompiledMeasure], on: dt.date) -> list[list[Any]]:
    """Per measure: its id, yes, unknown and money in fen, as `Counted` has them."""
    plan = plan_of(measures, on)
    system = TaxBenefitSystem([PERSON])
    declare(system, plan, file)
    facts = file.scan().select(whole(name, file) for name in plan.facts).collect()
    simulation = SimulationBuilder().build_default_simulation(system, facts.height)
    for name in plan.facts:
        simulation.set_input(known(name), YEAR, facts[name].is_not_null().to_numpy())
        simulation.set_input(name, YEAR, facts[name].fill_null(strategy="zero").to_numpy())
    del facts
    return [row(simulation, place, measure.id) for place, measure in enumerate(plan.measures)]


def row(simulation: Any, place: int, name: str) -> list[Any]:
    yes, may = (int(simulation.calculate(f"m{place}_{what}", YEAR).sum()) for what in ("yes", "may"))
    yuan = simulation.calculate(f"m{place}_yuan", YEAR).sum(dtype=np.float64)
    return [name, yes, may - yes, round(float(yuan)) * 100]


def whole(name: str, file: FactsFile) -> pl.Expr:
    """The fact in the 32 bits of OpenFisca's numbers: days and codes by number, counties without their zeros."""
    column = pl.col(name)
    match file.catalogue.facts[name].type:
        case "date" | "code":
            return column.to_physical().cast(pl.Int32)
        case "region":
            return (column // COUNTY).cast(pl.Int32)
        case "text":
            return column.cast(pl.Enum(TEXTS[name])).to_physical().cast(pl.Int32)
        case _:
            return column


def known(fact: str) -> str:
    return f"{fact}_known"


def declare(system: Any, plan: Plan, file: FactsFile) -> None:
    for variable in plan.variables:
        system.add_variable(made(variable.fact, bool if variable.is_bool else int))
        system.add_variable(made(known(variable.fact), bool))
    conditions = {
        part: place for place, part in enumerate(dict.fromkeys(p for m in plan.measures for p in parts(m.core)))
    }
    for part, place in conditions.items():
        for what, number in (("yes", 0), ("may", 1)):
            system.add_variable(made(f"c{place}_{what}", bool, answering(part, file, number)))
    for place, measure in enumerate(plan.measures):
        for what in ("yes", "may"):
            names = [f"c{conditions[part]}_{what}" for part in parts(measure.core)]
            system.add_variable(made(f"m{place}_{what}", bool, joining(names)))
        yuan = (measure.amount_fen or 0) / 100
        system.add_variable(made(f"m{place}_yuan", float, paying(f"m{place}_yes", yuan)))


def parts(core: Core) -> tuple[Core, ...]:
    return core.parts if isinstance(core, All) else (core,)


def made(name: str, type_: type, formula: Any = None) -> type:
    fields = {"value_type": type_, "entity": PERSON, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), fields if formula is None else {**fields, "formula": formula})


def answering(core: Core, file: FactsFile, number: int) -> Any:
    def formula(person: Any, period: Any) -> Array:
        return answers(core, file, lambda name: person(name, period))[number]

    return formula


def joining(names: Sequence[str]) -> Any:
    def formula(person: Any, period: Any) -> Array:
        return reduce(np.logical_and, (person(name, period) for name in names))

    return formula


def paying(name: str, yuan: float) -> Any:
    def formula(person: Any, period: Any) -> Array:
        return person(name, period) * yuan

    return formula


def answers(core: Core, file: FactsFile, ask: Ask_) -> tuple[Array, Array]:
    """Where it is known to hold, and where it may hold."""
    match core:
        case Ask(variable):
            return ask(variable.fact) & ask(known(variable.fact)), ask(variable.fact) | ~ask(known(variable.fact))
        case Test(op, Asked() as variable, Constant(value)):
            found = OPERATORS[op](ask(variable.fact), literal(variable.fact, value, file))
            return found & ask(known(variable.fact)), found | ~ask(known(variable.fact))
        case No(part):
            yes, may = answers(part, file, ask)
            return ~may, ~yes
        case All(each) | AnyOf(each):
            join = np.logical_and if isinstance(core, All) else np.logical_or
            pairs = [answers(part, file, ask) for part in each]
            return reduce(join, (yes for yes, _ in pairs)), reduce(join, (may for _, may in pairs))
    raise AssertionError(core)


def literal(fact: str, value: int | str, file: FactsFile) -> int:
    if isinstance(value, str):
        return TEXTS[fact].index(value)
    match file.catalogue.facts[fact].type:
        case "date":
            return value - EPOCH
        case "region":
            return value // COUNTY
        case _:
            return value
