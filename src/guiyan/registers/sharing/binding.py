"""What holds an authorisation to its purpose: nothing comes in, and nothing is looked up, without one that is live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, short_day, today
from guiyan.kernel.errors import Refused
from guiyan.packs.comparison import ComparisonList
from guiyan.registers.models import ComparedPerson, DataTaking, DataUse
from guiyan.registers.sharing.offered import Shared, offered

COMPARE, MATCH, REGISTER = "compare", "match", "register"
"""To check conditions before money is given, for which lists are brought in; to look for people; to say of entries."""
MOST_LOOKED_AT = 20
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


def refuse_unauthorised(item_id: str, purpose: str) -> DataUse | None:
    """For what would bring another bureau's data in: under which authorisation it comes; None for what is one's own.

    In the system's scope. Raises Refused in words that say what to do next.
    """
    item = offered().get(item_id)
    if item is None:
        return None
    uses = DataUse.objects.filter(list_id=item_id, purpose=purpose).order_by("-pk")
    use = next((one for one in uses[:MOST_LOOKED_AT] if one.state == DataUse.LIVE), None)
    if use is not None:
        return use
    raise Refused(f"“{item.label}”是{holder_name(item)}的数据，{what_next(item, uses.first())}", "no-authorisation")


def what_next(item: Shared, last: DataUse | None) -> str:
    holder = holder_name(item)
    if last is not None and last.state in (DataUse.ASKED, DataUse.AGREED):
        return f"{short_day(last.asked_at)}申请过了，还在等{holder}同意，现在不能导入。可以在“数据目录”里看办到哪一步。"
    was = {DataUse.EXPIRED: "授权到期了", DataUse.WITHDRAWN: "授权被收回了", DataUse.REFUSED: "申请没有得到同意"}
    why = was.get(last.state, "现在没有有效的授权") if last is not None else "现在没有有效的授权"
    return f"{why}，不能导入。请先在“数据目录”里申请，{holder}的两个人先后同意以后再导入。"


def holder_name(item: Shared) -> str:
    unit = releases.current().units.get(item.sharing.holder)
    return unit.name if unit is not None else "提供单位"


def note_compared(actor: Actor, lists: Iterable[ComparisonList], subject_ids: Sequence[int]) -> None:
    """Who was compared with lists of other bureaus, under which authorisation. In the system's scope."""
    for one in lists:
        if one.sharing is None or not subject_ids:
            continue
        uses = DataUse.objects.filter(list_id=one.id, purpose=COMPARE).order_by("-pk")
        use = next((each for each in uses[:MOST_LOOKED_AT] if each.state == DataUse.LIVE), None)
        taking = note_taken(actor, use, how=DataTaking.LOOK, of=None, name=one.label, rows=len(subject_ids))
        if taking is not None:
            people = (ComparedPerson(taking=taking, subject_id=pk, region=taking.region) for pk in subject_ids)
            ComparedPerson.objects.bulk_create(people)


def note_taken(
    actor: Actor, use: DataUse | None, *, how: str, of: int | None, name: str, rows: int
) -> DataTaking | None:
    """What came in under an authorisation, so that the holder sees it, and whoever it is about. of: import or issue."""
    if use is None:
        return None
    return DataTaking.objects.create(
        use=use,
        how=how,
        of_id=of,
        name=name[:200],
        row_count=rows,
        at=now(),
        actor_label=actor.label[:80],
        region=use.region,
        unit_id=use.unit_id,
        holder_id=use.holder_id,
    )
