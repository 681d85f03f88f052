"""Units out of templates (one bureau in each county) and collectives out of kinds (各县市区人民政府)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guiyan.packs.places import Collective, Region, Unit, UnitTemplate

CODE_LENGTHS = {"city": 4, "county": 6, "zone": 9, "township": 9, "village": 12}


def units_of_template(template: UnitTemplate, regions: Mapping[int, Region]) -> Iterator[Unit]:
    for region in regions.values():
        if region.level == template.each and chosen(template, region):
            yield unit_in(template, region, regions)


def chosen(template: UnitTemplate, region: Region) -> bool:
    named = not template.endings or region.name.endswith(template.endings)
    return named and (not template.only or region.code in template.only) and region.code not in template.except_


def unit_in(template: UnitTemplate, region: Region, regions: Mapping[int, Region]) -> Unit:
    words = {
        "region": region.name,
        "short": region.short_name,
        "code": short_code(region),
        "parent_code": short_code(regions[region.parent]) if region.parent else "",
        "parent_region": regions[region.parent].name if region.parent else "",
    }
    return Unit(
        code=template.code.format(**words),
        name=template.name.format(**words),
        short_name=template.short_name.format(**words),
        kind=template.kind,
        region=region.code,
        parent=template.parent.format(**words) if template.parent else None,
        aliases=tuple(alias.format(**words) for alias in template.aliases),
        phone=template.phones.get(short_code(region), ""),
        set_by=template.set_by,
    )


def short_code(region: Region) -> str:
    """The digits that say something: 4212, 421224, 421224107."""
    return str(region.code)[: CODE_LENGTHS[region.level]]


def filled_collective(collective: Collective, units: Mapping[str, Unit]) -> Collective:
    """The collective with its members: all units of its kind, then those it lists."""
    of_kind = [unit.code for unit in units.values() if collective.unit_kind and unit.kind == collective.unit_kind]
    return collective.model_copy(update={"members": tuple(dict.fromkeys([*of_kind, *collective.units]))})


def template_words_missing(template: UnitTemplate) -> Sequence[str]:
    """Placeholders in a template that mean nothing."""
    known = {"region": "", "short": "", "code": "", "parent_code": "", "parent_region": ""}
    texts = [template.code, template.name, template.short_name, template.parent or "", *template.aliases]
    wrong: list[str] = []
    for text in texts:
        try:
            text.format(**known)
        except (KeyError, IndexError, ValueError):
            wrong.append(text)
    return wrong
