"""Which offices a demand may be sent to: those of its town, its county and the city that have somebody to answer."""

from __future__ import annotations

from guiyan.accounts.models import Unit
from guiyan.accounts.offices import offices_holding
from guiyan.cases import declared, offices
from guiyan.cases.models import Case


def dispatching_office(case: Case) -> Unit:
    """The office that sends demands of this place on."""
    return offices.unit_for(declared.item_of(case).unit_kind, case.region)


def offices_for(case: Case) -> list[Unit]:
    """The nearest first: the town's, the county's, the city's."""
    places = offices.chain(case.region)
    found = offices_holding("demand.answer", places)
    return sorted(found, key=lambda unit: (places.index(unit.region), unit.code))
