"""The rules of a pack: every condition, guard and filter resolves, and every golden case gives what it says."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.engine.rules import Catalogue, RuleError, parse
from guiyan.engine.rules.catalogue import ON_DAY
from guiyan.engine.rules.expression import resolved
from guiyan.engine.rules.golden import difference
from guiyan.engine.rules.model import Fact
from guiyan.engine.rules.parse import parse_operand
from guiyan.engine.rules.resolve import Resolver
from guiyan.packs.bundle import catalogue_of
from guiyan.packs.datasets import Shape, shapes
from guiyan.packs.errors import unknown_name
from guiyan.packs.measure_checks import check_measures
from guiyan.packs.pack import Pack
from guiyan.packs.plan import Aggregate
from guiyan.packs.reading import Faults
from guiyan.packs.register_checks import check_registers
from guiyan.packs.total_checks import check_totals
from guiyan.packs.yamltree import Path_


def check_rules(pack: Pack, reading: Faults) -> None:
    """All faults go into the reading; nothing is raised here."""
    facts(pack, reading)
    check_measures(pack, reading)
    check_registers(pack, reading)
    check_totals(pack, reading)
    items_and_forms(pack, reading)
    bundles(pack, reading)
    indicators(pack, reading)
    if not reading.placed:
        golden_cases(pack, reading)


def expression(reading: Faults, owner: tuple[str, str], path: Path_, text: str | None, catalogue: Catalogue) -> None:
    if text is None:
        return
    try:
        resolved(text, catalogue)
    except RuleError as wrong:
        reading.blame(*owner, path, str(wrong))


def facts(pack: Pack, reading: Faults) -> None:
    """Derived facts resolve without circles, and give the type they are declared with."""
    for name, fact in pack.facts.items():
        if name == ON_DAY:
            reading.blame("facts", name, (), f"`{ON_DAY}` is the day of the verdict and can't be declared")
        elif fact.derive is not None:
            resolver = Resolver(pack.catalogue).deeper(name)
            try:
                if fact.type == "bool":
                    resolver.condition(parse(fact.derive))
                else:
                    node = parse_operand(fact.derive)
                    if resolver.type_of(node, node) != fact.type:
                        raise RuleError(f"the expression gives another type than {fact.type}")
                    resolver.term(node, fact.type, node)
            except RuleError as wrong:
                reading.blame("facts", name, ("derive",), str(wrong))
        if fact.of_founder is not None:
            of_founder(pack, reading, name, fact)


def of_founder(pack: Pack, reading: Faults, name: str, fact: Fact) -> None:
    """What is taken from the founder is a person's fact of the same type."""
    hers = pack.facts.get(fact.of_founder or "")
    if hers is None:
        reading.blame("facts", name, ("of_founder",), unknown_name("fact", str(fact.of_founder), list(pack.facts)))
    elif "organisation" not in fact.kinds or "person" not in hers.kinds or hers.type != fact.type:
        message = f"`{hers.id}` must be of persons and `{name}` of organisations, both of one type"
        reading.blame("facts", name, ("of_founder",), message)


def items_and_forms(pack: Pack, reading: Faults) -> None:
    for name, form in pack.forms.items():
        for field in form.fields.values():
            path = ("fields", field.id, "required_when")
            expression(reading, ("forms", name), path, field.required_when, form.catalogue)
    for name, item in pack.items.items():
        if item.form in pack.forms:
            catalogue = pack.forms[item.form].catalogue
            for material in item.materials.values():
                path = ("materials", material.id, "required_when")
                expression(reading, ("items", name), path, material.required_when, catalogue)


def bundles(pack: Pack, reading: Faults) -> None:
    """When an item of a bundle is offered may depend on any field of the one form."""
    for name, bundle in pack.bundles.items():
        items = [pack.items[one] for one in bundle.items if one in pack.items]
        catalogue = catalogue_of(pack.forms[item.form] for item in items if item.form in pack.forms)
        for item_id, bundled in bundle.items.items():
            path = ("items", item_id, "offered_when")
            expression(reading, ("bundles", name), path, bundled.offered_when, catalogue)


def indicators(pack: Pack, reading: Faults) -> None:
    """Every dataset and column that an indicator counts by is there, and of the type it is used as."""
    known = shapes(pack.registers)
    for name, indicator in pack.indicators.items():
        for key in ("computed", "over", "check"):
            aggregate = getattr(indicator, key)
            if aggregate is not None:
                counted(reading, ("indicators", name), (key,), aggregate, known)


def counted(
    reading: Faults, owner: tuple[str, str], here: Path_, aggregate: Aggregate, known: Mapping[str, Shape]
) -> None:
    shape = known.get(aggregate.dataset)
    if shape is None:
        reading.blame(*owner, (*here, "dataset"), unknown_name("dataset", aggregate.dataset, known))
        return
    expression(reading, owner, (*here, "where"), aggregate.where, shape.catalogue)
    types = {"of": None, "date": "date", "until": "date", "region": "region"}
    for key, wanted in types.items():
        column_fits(reading, owner, (*here, key), shape, getattr(aggregate, key), wanted)
    for place, column in enumerate(aggregate.show):
        column_fits(reading, owner, (*here, "show", place), shape, column, None)
    summed = shape.columns.get(aggregate.of or "")
    if aggregate.take == "sum" and summed is not None and summed.type not in ("int", "money"):
        reading.blame(*owner, (*here, "of"), f"column `{summed.id}` is {summed.type} and can't be added up")
    among(reading, owner, (*here, "among"), aggregate, shape, known)


def among(
    reading: Faults,
    owner: tuple[str, str],
    here: Path_,
    aggregate: Aggregate,
    shape: Shape,
    known: Mapping[str, Shape],
) -> None:
    """The two columns compared must be of one type."""
    wanted = aggregate.among
    if wanted is None:
        return
    other = known.get(wanted.dataset)
    if other is None:
        reading.blame(*owner, (*here, "dataset"), unknown_name("dataset", wanted.dataset, known))
        return
    column_fits(reading, owner, (*here, "column"), shape, wanted.column, None)
    own = shape.columns.get(wanted.column)
    column_fits(reading, owner, (*here, "match"), other, wanted.match, own.type if own else None)
    expression(reading, owner, (*here, "where"), wanted.where, other.catalogue)


def column_fits(
    reading: Faults, owner: tuple[str, str], path: Path_, shape: Shape, name: str | None, wanted: str | None
) -> None:
    if name is None or (name == "region" and wanted == "region"):
        return
    column = shape.columns.get(name)
    if column is None:
        reading.blame(*owner, path, unknown_name("column", name, shape.columns))
    elif wanted not in (None, column.type):
        reading.blame(*owner, path, f"column `{name}` is {column.type}, not a {wanted}")


def golden_cases(pack: Pack, reading: Faults) -> None:
    for place, case in enumerate(pack.examples):
        owner = ("examples", str(place))
        if case.measure not in pack.measures:
            reading.blame(*owner, (), unknown_name("measure", case.measure, pack.measures))
            continue
        wrong = difference(case, pack.compiled)
        if wrong is not None:
            reading.blame(*owner, *wrong)
