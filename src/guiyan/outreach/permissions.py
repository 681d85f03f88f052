"""Who may ask whom a measure fits, agree to telling them, try changed rules out, look on; who helps whom."""

from __future__ import annotations

from guiyan.accounts.models import Region
from guiyan.accounts.queries import regions_within, user_by_username
from guiyan.kernel.actors import Actor
from guiyan.outreach.models import Arrival

WHAT_IF_VIEW, WHAT_IF_RUN = "whatif.view", "whatif.run"
VIEW, RUN, APPROVE = "outreach.view", "outreach.run", "outreach.approve"
LOOK, TAKE, ASSIGN = "arrival.view", "arrival.take", "arrival.assign"
AREAS = ("city", "county", "zone", "township")


def areas_of(actor: Actor) -> list[Region]:
    """Where the actor may look for people, by code: the places of her grants down to townships."""
    intervals = [interval for grant in actor.grants if RUN in grant.permissions for interval in grant.regions]
    return regions_within(intervals, AREAS)


def is_helper(actor: Actor, arrival: Arrival) -> bool:
    """Whether the arrival's helper is this account, or the one it stands in for."""
    if not arrival.helper_account:
        return False
    user = user_by_username(arrival.helper_account)
    return user is not None and user.pk in actor.persons


def areas_to_try(actor: Actor) -> list[Region]:
    """Where the actor may try changed rules out: the city and the counties of her grants, by code."""
    intervals = [interval for grant in actor.grants if WHAT_IF_RUN in grant.permissions for interval in grant.regions]
    return regions_within(intervals, ("city", "county"))
