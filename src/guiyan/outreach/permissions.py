"""Who may ask the registers whom a measure fits, agree to telling them, or look on."""

from __future__ import annotations

from guiyan.accounts.models import Region
from guiyan.accounts.queries import regions_within
from guiyan.kernel.actors import Actor

VIEW, RUN, APPROVE = "outreach.view", "outreach.run", "outreach.approve"
AREAS = ("city", "county", "zone", "township")


def areas_of(actor: Actor) -> list[Region]:
    """Where the actor may look for people, by code: the places of her grants down to townships."""
    intervals = [interval for grant in actor.grants if RUN in grant.permissions for interval in grant.regions]
    return regions_within(intervals, AREAS)
