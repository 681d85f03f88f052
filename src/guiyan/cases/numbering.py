"""Numbers printed on cases, batches and decisions: consecutive within a series and year."""

from __future__ import annotations

from django.db import connection

from guiyan.kernel import calendar


def next_in(series: str, year: int) -> int:
    """The next number of a series. Two transactions take turns here; a rolled-back one leaves no hole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberseries AS s (series, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (series, year) DO UPDATE SET last = s.last + 1 RETURNING last",
            [series, year],
        )
        row = cursor.fetchone()
    return int(row[0])


def county_of(region: int) -> int:
    """421224102201 -> 421224: the six digits of the county, as printed in numbers."""
    return region // 1_000_000


def case_number(prefix: str, region: int) -> str:
    """XN421224-2026-000001."""
    head, year = f"{prefix}{county_of(region)}", calendar.today().year
    return f"{head}-{year}-{next_in(f'case:{head}', year):06d}"


def joint_number(prefix: str, region: int) -> str:
    """XN421224-2026-Y000001: the number of several requests made with one form."""
    head, year = f"{prefix}{county_of(region)}", calendar.today().year
    return f"{head}-{year}-Y{next_in(f'joint:{head}', year):06d}"


def batch_number(prefix: str, region: int, item: str) -> tuple[str, int]:
    """The number of a batch, and which batch of this item in this county and year it is."""
    head, year = f"{prefix}{county_of(region)}", calendar.today().year
    order = next_in(f"batch:{head}:{item}", year)
    return f"{head}-{year}-P{next_in(f'batch-number:{head}', year):04d}", order


def recognition_number(prefix: str, region: int, mark: str) -> str:
    """XN421224-RD-2026-0001: of a member in its register, for as long as it is one."""
    head, year = f"{prefix}{county_of(region)}-{mark}", calendar.today().year
    return f"{head}-{year}-{next_in(f'recognition:{head}', year):04d}"


def decision_number(unit_code: str, unit_name: str) -> str:
    """通山县人社局不予〔2026〕1号."""
    year = calendar.today().year
    return f"{unit_name}不予〔{year}〕{next_in(f'decision:{unit_code}', year)}号"
