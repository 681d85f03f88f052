"""What holds an authorisation to its purpose: nothing comes in, and nothing is looked up, without one that is live."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from guiyan.kernel.calendar import today
from guiyan.kernel.errors import Refused
from guiyan.packs.comparison import ComparisonList
from guiyan.registers.models import DataUse

COMPARE, MATCH = "compare", "match"
"""To check conditions before money is given, for which lists are brought in; to look for people."""
CLOSED = "没有有效的授权，不能比对；请先在数据目录里申请"


def live(list_ids: Iterable[str], purpose: str) -> set[str]:
    """Which of these may be used for the purpose today; in the system's scope. One query."""
    wanted = DataUse.objects.filter(list_id__in=list(list_ids), purpose=purpose, until__gte=today())
    found = wanted.filter(Q(withdrawn_at=None), confirmed_at__isnull=False)
    return set(found.values_list("list_id", flat=True))


def closed(lists: Iterable[ComparisonList], purpose: str = COMPARE) -> set[str]:
    """Those in the catalogue that nobody is authorised to use for it. No query where none is in the catalogue."""
    bound = [one.id for one in lists if one.sharing is not None]
    return set(bound) - live(bound, purpose) if bound else set()


def refuse_unauthorised(wanted: ComparisonList, purpose: str = COMPARE) -> None:
    """For an import: raises Refused in words."""
    if closed([wanted], purpose):
        raise Refused(
            f"“{wanted.label}”是其他部门的数据，现在没有有效的授权，不能导入。请先在数据目录里申请。",
            "no-authorisation",
        )
