"""The measures of a pack: every name leads somewhere, every rule resolves, decisions name measures of one kind."""

from __future__ import annotations

from guiyan.engine.rules import PlacedRuleError, compile_measure
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.model import Measure
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.tree import names
from guiyan.engine.values.regions import region_code, region_span
from guiyan.packs.errors import unknown_name
from guiyan.packs.pack import Pack
from guiyan.packs.reading import Faults
from guiyan.packs.yamltree import Path_


def check_measures(pack: Pack, reading: Faults) -> None:
    """All faults go into the reading; nothing is raised here."""
    decisions(pack, reading)
    tested = {case.measure for case in pack.examples}
    for name, measure in pack.measures.items():
        references(pack, reading, measure)
        regions(pack, reading, measure)
        try:
            compile_measure(measure, pack.catalogue, pack.stacking)
        except PlacedRuleError as wrong:
            reading.blame("measures", name, wrong.path, str(wrong))
        if name not in tested:
            reading.blame("measures", name, (), f"measure `{name}` has no golden cases: add examples/{name}.yaml")


def references(pack: Pack, reading: Faults, measure: Measure) -> None:
    owner = ("measures", measure.id)
    kinds = {unit.kind for unit in pack.units.values()}
    for path, what, value, known in (
        (("clause", "document"), "document", measure.clause.document, {plan.document for plan in pack.plans.values()}),
        (("clause", "plan"), "plan", measure.clause.plan, {plan.short_title for plan in pack.plans.values()}),
        (("payer",), "payer", measure.payer, {f"{level}-{kind}" for kind in kinds for level in ("city", "county")}),
        (("item",), "item", measure.item, set(pack.items)),
    ):
        if value is not None and value not in known:
            reading.blame(*owner, path, unknown_name(what, value, known))
    if measure.item is None and measure.office is None:
        message = "say in `office` where people go with this measure: it has no `item` to apply for"
        reading.blame(*owner, (), message)
    if measure.office is not None and measure.office.unit_kind not in kinds:
        message = unknown_name("unit kind", measure.office.unit_kind, kinds)
        reading.blame(*owner, ("office", "unit_kind"), message)
    for place, version in enumerate(measure.versions):
        for number, other in enumerate(version.benefit.less_received):
            if other not in pack.measures:
                here: Path_ = ("versions", place, "benefit", "less_received", number)
                reading.blame(*owner, here, unknown_name("measure", other, pack.measures))
    pays_by_request(pack, reading, measure)


def pays_by_request(pack: Pack, reading: Faults, measure: Measure) -> None:
    """Successive payments are a chain: each is given once, less what the chain gave, so nothing else says once."""
    item = pack.items.get(measure.item or "")
    for place, version in enumerate(measure.versions):
        here: Path_ = ("versions", place, "benefit")
        steps, chain = any(tier.payments for tier in version.benefit.tiers), measure.id in version.benefit.less_received
        if item is None or item.outcome != "payment":
            continue
        if steps and not chain:
            message = f"item `{item.id}` pays in several payments: name `{measure.id}` in `less_received`"
            reading.blame("measures", measure.id, here, message)
        if chain and measure.once_per is not None:
            message = (
                f"`once_per` lets item `{item.id}` pay once only; a measure less what it gave itself is paid by steps"
            )
            reading.blame("measures", measure.id, here, message)


def regions(pack: Pack, reading: Faults, measure: Measure) -> None:
    """Regions of parameters are the city's; one that a condition asks has a value for every county."""
    for place, version in enumerate(measure.versions):
        here = ("versions", place, "parameters")
        asked = {name for condition in version.conditions.values() for name in names_in(condition.when)}
        for name, parameter in version.parameters.items():
            for written in parameter.by_region:
                if region_code(written) not in pack.regions:
                    message = unknown_name("region", written, [str(code) for code in pack.regions])
                    reading.blame("measures", measure.id, (*here, name, "by_region", written), message)
            lacking = without_value(pack, parameter) if parameter.by_region and name in asked else []
            if lacking:
                message = f"a condition asks `{name}`, which has no value for {'、'.join(lacking)}"
                reading.blame("measures", measure.id, (*here, name, "by_region"), message)


def names_in(when: str) -> set[str]:
    try:
        return set(names(parse(when)))
    except ValueError:
        return set()  # compiling says what is wrong with it


def without_value(pack: Pack, parameter: Parameter) -> list[str]:
    spans = [region_span(region_code(written)) for written in parameter.by_region]
    counties = [region for region in pack.regions.values() if region.level == "county"]
    return [one.short_name for one in counties if not any(first <= one.code < after for first, after in spans)]


def decisions(pack: Pack, reading: Faults) -> None:
    for kind, found in (("excludes", pack.stacking.excludes), ("caps", pack.stacking.caps)):
        for name, decision in found.items():
            whom: set[str] = set()
            for place, measure in enumerate(decision.measures):
                if measure not in pack.measures:
                    message = unknown_name("measure", measure, pack.measures)
                    reading.blame(kind, name, ("measures", place), message)
                else:
                    whom.add(pack.measures[measure].kind)
            if len(whom) > 1:
                message = f"its measures are for {' and '.join(sorted(whom))}: one subject can't receive both"
                reading.blame(kind, name, ("measures",), message)
