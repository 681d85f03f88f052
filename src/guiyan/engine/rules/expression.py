"""One expression by itself: guards of flows, `required_when` of materials and fields, filters of datasets."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from guiyan.engine.rules.catalogue import ON_DAY, Catalogue, Facts
from guiyan.engine.rules.closures import closure
from guiyan.engine.rules.compiled import ON_DAY_VARIABLE
from guiyan.engine.rules.core import Core, variables
from guiyan.engine.rules.knowing import values_of
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.resolve import Resolver


@lru_cache(maxsize=2048)
def resolved(expression: str, catalogue: Catalogue) -> Core:
    """Raises RuleError for what can't be parsed, typed or found."""
    return Resolver(catalogue).condition(parse(expression))


def evaluate(expression: str, facts: Facts, catalogue: Catalogue, *, on: dt.date | None = None) -> bool | None:
    """True, False or None (unknown): callers decide what unknown means. Raises RuleError or FactError by name."""
    core = resolved(expression, catalogue)
    known = values_of(variables(core), catalogue.read(facts))
    if on is not None:
        known[ON_DAY_VARIABLE] = on.toordinal()
    return closure(core)(known)


def facts_in(expression: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The facts an expression asks."""
    found = dict.fromkeys(variable.fact for variable in variables(resolved(expression, catalogue)))
    return tuple(fact for fact in found if fact != ON_DAY)
