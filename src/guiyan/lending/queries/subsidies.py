"""Quarterly lists of interest subsidies, and what a loan has earned."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Min, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.lending.models import Loan, Subsidy, SubsidyList
from guiyan.lending.numbering import COUNTY, county_of
from guiyan.lending.subsidising import Quarter

MOST_QUARTERS = 8


def subsidy_lists_for(actor: Actor) -> QuerySet[SubsidyList]:
    return visible(actor, "loan.view", SubsidyList.objects.all(), subject=None).order_by("-quarter", "region")


def subsidy_list_by_id(actor: Actor, list_id: int) -> SubsidyList:
    found = subsidy_lists_for(actor).filter(pk=list_id).first()
    if found is None:
        raise NotFound
    return found


def lists_to_confirm(actor: Actor) -> QuerySet[SubsidyList]:
    """Reckoned by somebody else and not confirmed yet, where the actor may confirm; oldest first."""
    rows = visible(actor, "loan.confirm", SubsidyList.objects.filter(confirmed_at=None), subject=None)
    return rows.exclude(prepared_by_id=actor.user_id).order_by("quarter", "region")


def subsidy_rows(sheet: SubsidyList) -> QuerySet[Subsidy]:
    return sheet.rows.select_related("loan", "loan__bank").order_by("loan__borrower", "id")


def subsidies_of_loan(loan: Loan) -> list[Subsidy]:
    """Newest quarter first, with the list that each stands on; within the entered scope."""
    return list(Subsidy.objects.filter(loan=loan).select_related("quarter_list").order_by("-quarter"))


def counties_with_subsidy(actor: Actor) -> list[int]:
    """The counties of loans that earn a subsidy, as far as the actor may reckon them."""
    loans = visible(actor, "loan.subsidise", Loan.objects.filter(subsidy_percent__gt=0), unit=None, subject=None)
    counties = loans.order_by().annotate(county=F("region") / COUNTY * COUNTY).values_list("county", flat=True)
    return sorted(counties.distinct())


def next_quarters(region: int, today: date | None = None) -> list[Quarter]:
    """The quarters of a county that are over and not confirmed yet, oldest first; at most two years of them."""
    county = county_of(region)
    low, high = subtree(county)
    loans = Loan.objects.filter(region__gte=low, region__lt=high, subsidy_percent__gt=0)
    first = loans.aggregate(day=Min("from_on"))["day"]
    if first is None:
        return []
    last = SubsidyList.objects.filter(region=county, confirmed_at__isnull=False).order_by("-quarter").first()
    quarter = Quarter.from_code(last.quarter).next() if last else Quarter.of(first)
    found = list[Quarter]()
    while quarter.last < (today or calendar.today()) and len(found) < MOST_QUARTERS:
        found.append(quarter)
        quarter = quarter.next()
    return found
