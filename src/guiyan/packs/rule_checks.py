"""The rules of a pack: every condition, guard and filter resolves, and every golden case gives what it says."""

from __future__ import annotations

from guiyan.engine.rules import Catalogue, PlacedRuleError, RuleError, compile_measure, parse
from guiyan.engine.rules.catalogue import ON_DAY
from guiyan.engine.rules.expression import resolved
from guiyan.engine.rules.golden import difference
from guiyan.engine.rules.parse import parse_operand
from guiyan.engine.rules.resolve import Resolver
from guiyan.packs.errors import unknown_name
from guiyan.packs.pack import Pack
from guiyan.packs.reading import Reading
from guiyan.packs.yamltree import Path_

# Datasets that modules publish beside the registers; their columns are typed in code.
DATASETS = frozenset({"cases", "payments", "notices"})


def check_rules(pack: Pack, reading: Reading) -> None:
    """All faults go into the reading; nothing is raised here."""
    facts(pack, reading)
    measures(pack, reading)
    items_and_forms(pack, reading)
    indicators(pack, reading)
    if not reading.problems():
        golden_cases(pack, reading)


def expression(reading: Reading, owner: tuple[str, str], path: Path_, text: str | None, catalogue: Catalogue) -> None:
    if text is None:
        return
    try:
        resolved(text, catalogue)
    except RuleError as wrong:
        reading.blame(*owner, path, str(wrong))


def facts(pack: Pack, reading: Reading) -> None:
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


def measures(pack: Pack, reading: Reading) -> None:
    documents = {plan.document for plan in pack.plans.values()}
    plans = {plan.short_title for plan in pack.plans.values()}
    payers = {f"{level}-{unit.kind}" for unit in pack.units.values() for level in ("city", "county")}
    tested = {case.measure for case in pack.examples}
    for name, measure in pack.measures.items():
        owner = ("measures", name)
        for path, what, value, known in (
            (("clause", "document"), "document", measure.clause.document, documents),
            (("clause", "plan"), "plan", measure.clause.plan, plans),
            (("payer",), "payer", measure.payer, payers),
            (("item",), "item", measure.item, set(pack.items)),
        ):
            if value is not None and value not in known:
                reading.blame(*owner, path, unknown_name(what, value, known))
        try:
            compile_measure(measure, pack.catalogue)
        except PlacedRuleError as wrong:
            reading.blame(*owner, wrong.path, str(wrong))
        if name not in tested:
            reading.blame(*owner, (), f"measure `{name}` has no golden cases: add examples/{name}.yaml")


def items_and_forms(pack: Pack, reading: Reading) -> None:
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


def indicators(pack: Pack, reading: Reading) -> None:
    """Over registers the columns are known here; other datasets are typed by the module that publishes them."""
    for name, indicator in pack.indicators.items():
        computed, owner = indicator.computed, ("indicators", name)
        if computed is None:
            continue
        register = pack.registers.get(computed.dataset)
        if register is None:
            if computed.dataset not in DATASETS:
                message = unknown_name("dataset", computed.dataset, {*pack.registers, *DATASETS})
                reading.blame(*owner, ("computed", "dataset"), message)
            continue
        catalogue = register.catalogue
        expression(reading, owner, ("computed", "where"), computed.where, catalogue)
        for key, wanted in (("of", None), ("date", "date"), ("region", "region")):
            column = getattr(computed, key)
            fact = catalogue.get(column) if column else None
            if column and fact is None:
                reading.blame(*owner, ("computed", key), unknown_name("column", column, catalogue.facts))
            elif fact is not None and wanted not in (None, fact.type):
                reading.blame(*owner, ("computed", key), f"column `{column}` is {fact.type}, not a {wanted}")


def golden_cases(pack: Pack, reading: Reading) -> None:
    for place, case in enumerate(pack.examples):
        owner = ("examples", str(place))
        if case.measure not in pack.measures:
            reading.blame(*owner, (), unknown_name("measure", case.measure, pack.measures))
            continue
        wrong = difference(case, pack.compiled)
        if wrong is not None:
            reading.blame(*owner, *wrong)
