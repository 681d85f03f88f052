"""Comparison with lists (比对): before all checks, kept with the list's date; a comparison, not a verdict."""

from __future__ import annotations

from guiyan.cases import declared
from guiyan.cases.models import Case, CaseComparison
from guiyan.kernel import calendar
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries as registers


def compare_again(case: Case) -> list[CaseComparison]:
    """Compare the applicant with every list of the item, as they stand today, and keep what was found."""
    wanted, lists = declared.item_of(case).comparisons, declared.pack_of(case).lists
    at = calendar.now()
    # Lists reach beyond the county of the case: a person paid elsewhere is paid.
    with entered(Scope.system()):
        found = registers.compare(case.subject_id, wanted, lists=lists, region=case.region)
        return [
            CaseComparison.objects.create(
                case=case,
                list_id=one.list_id,
                compared_at=at,
                title=one.title,
                as_of=one.as_of,
                matched=one.matched,
                note=(f"{one.note}；名单很久没有更新" if one.is_stale else one.note)[:300],
                rows=list(one.rows),
                region=case.region,
                subject_id=case.subject_id,
            )
            for one in found
        ]
