"""Numbers of loans: DK421224-2026-00001, consecutive within county and year."""

from __future__ import annotations

from guiyan.kernel import calendar
from guiyan.kernel.turns import take_turn
from guiyan.lending.models import Loan

COUNTY = 10**6


def loan_number(region: int) -> str:
    """The next number; two transactions take turns here."""
    prefix = f"DK{region // COUNTY}-{calendar.today().year}-"
    take_turn(prefix)
    last = Loan.objects.filter(number__startswith=prefix).order_by("-number").values_list("number", flat=True).first()
    serial = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    return f"{prefix}{serial:05d}"


def county_of(region: int) -> int:
    """421224107206 -> 421224000000."""
    return region // COUNTY * COUNTY
