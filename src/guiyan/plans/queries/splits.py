"""Splits of targets: the one worked on, the one in force, earlier versions, a county's own target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

from guiyan.accounts.models import Region
from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.plans.models import Indicator, TargetShare, TargetSplit

DRAFTS = ("draft", "proposed")


def places_to_split() -> dict[int, str]:
    """Counties and the zones inside them, by name, in the order of their codes."""
    rows = Region.objects.filter(level__in=("county", "zone")).order_by("code")
    return dict(rows.values_list("code", "name"))


def per_region(indicator: Indicator) -> bool:
    """Whether the target holds for each county, and not for their sum."""
    known = releases.current().indicators.get(indicator.definition)
    return known is not None and known.per_region


def draft_of(indicator: Indicator, year: int) -> TargetSplit | None:
    """The version that is worked on."""
    return TargetSplit.objects.filter(indicator=indicator, year=year, state__in=DRAFTS).first()


def in_force(indicator: Indicator, year: int) -> TargetSplit | None:
    return TargetSplit.objects.filter(indicator=indicator, year=year, state="issued").first()


def any_begun() -> bool:
    """Whether any target was ever split, in the entered scope."""
    return TargetSplit.objects.exists()


def versions_of(actor: Actor, indicator: Indicator) -> QuerySet[TargetSplit]:
    """All versions the actor may see, newest first: counties see what was issued, drafts stay with the city."""
    rows = TargetSplit.objects.filter(indicator=indicator).prefetch_related("shares")
    seen = visible(actor, "target.propose", rows, unit=None) | visible(actor, "target.issue", rows, unit=None)
    return (seen | rows.filter(is_public=True)).order_by("-year", "-version")


def split_by_id(actor: Actor, split_id: int) -> TargetSplit:
    rows = TargetSplit.objects.select_related("indicator", "indicator__document").filter(id=split_id)
    seen = visible(actor, "target.propose", rows, unit=None) | visible(actor, "target.issue", rows, unit=None)
    found = seen.first()
    if found is None:
        raise NotFound("没有这一版目标分解，或者不在您的管理范围。")
    return found


def year_of(indicator: Indicator, year: int) -> int:
    """For which year a target is split: each year by itself, one with a last year for that year."""
    return int(indicator.period[3:]) if indicator.period.startswith("by:") else year


def targets_of(live: Sequence[Indicator], places: Sequence[int], year: int) -> dict[tuple[int, int], Decimal]:
    """(indicator id, place) -> the target in force, in one query."""
    wanted = {x.id: year_of(x, year) for x in live}
    rows = TargetShare.objects.filter(
        split__indicator__in=live, split__state="issued", split__year__in=set(wanted.values()), place__in=places
    ).values_list("split__indicator_id", "place", "split__year", "value")
    return {(i, place): value for i, place, of_year, value in rows if wanted[i] == of_year and value is not None}


def split_states(live: Sequence[Indicator], year: int) -> dict[int, str]:
    """Indicator id -> state of its newest version of the year, among those the scope shows."""
    wanted = {x.id: year_of(x, year) for x in live}
    rows = TargetSplit.objects.filter(indicator__in=live, year__in=set(wanted.values())).exclude(state="dropped")
    found = rows.order_by("version").values_list("indicator_id", "year", "state")
    return {i: state for i, of_year, state in found if wanted[i] == of_year}


def proposed_for(actor: Actor) -> QuerySet[TargetSplit]:
    """What waits to be issued by the actor."""
    rows = TargetSplit.objects.filter(state="proposed").select_related("indicator")
    return visible(actor, "target.issue", rows, unit=None).order_by("id")
