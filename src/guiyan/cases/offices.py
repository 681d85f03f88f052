"""Which office answers for what, where: by kind of unit, from the place of the case upwards."""

from __future__ import annotations

from guiyan.accounts.models import Unit
from guiyan.accounts.queries import valid_on
from guiyan.kernel import calendar, regions
from guiyan.kernel.errors import Refused

BELOW_THE_CITY = ("county", "township", "village")


def unit_for(kind: str, region: int, level: str = "") -> Unit:
    """The nearest unit of that kind at or above the place; a zone's own unit comes before its county's.

    level: `city` passes over what lies below the city.

    Refused when the city declares none: nothing is sent to an office that does not exist.
    """
    places = [one for one in chain(region) if level != "city" or regions.level(one) not in BELOW_THE_CITY]
    units = Unit.objects.filter(valid_on(calendar.today()), kind=kind, region__in=places)
    found = {unit.region: unit for unit in units}
    for place in places:
        if place in found:
            return found[place]
    raise Refused("这个地方还没有设定办理这一步的单位，请联系平台管理员。", "no-unit")


def county_region(region: int) -> int:
    """The county, or the zone standing like one, that a place lies in."""
    for place in chain(region):
        if regions.level(place) == "county":
            return place
    return region


def chain(region: int) -> list[int]:
    """The place and everything above it, the nearest first."""
    return [region, *_above(region)]


def _above(region: int) -> list[int]:
    places: list[int] = []
    place = regions.parent(region)
    while place:
        places.append(place)
        place = regions.parent(place)
    return places
