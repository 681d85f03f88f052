"""Comparing somebody with lists: is the person in it, what does it say, and of which day is it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.regions import Interval, subtree, within
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import ComparisonList as DeclaredList
from guiyan.registers.models import ComparisonList, ComparisonRow, SubjectKey
from guiyan.registers.queries.subjects import same_as


@dataclass(frozen=True)
class Comparison:
    """What one list says of one person. as_of None: the list was never brought in, so `matched` says nothing."""

    list_id: str
    title: str
    as_of: date | None
    matched: bool
    note: str
    rows: tuple[dict[str, str | int | None], ...] = field(default_factory=tuple)
    is_stale: bool = False


def compare(
    subject_id: int,
    list_ids: Sequence[str],
    *,
    lists: Mapping[str, DeclaredList] | None = None,
    region: int | None = None,
) -> list[Comparison]:
    """Compare with the current issues of the lists, wherever in the city they come from; every list gets an answer.

    lists: as declared where the question comes from (default: the release in force). region: the place it is asked
    for; a list brought in only by other counties proves nothing there. Looks beyond the entered scope, and tells
    nothing but what concerns this subject.
    """
    declared = releases.current().lists if lists is None else lists
    with entered(Scope.system()):
        keys = SubjectKey.objects.filter(subject_id__in=same_as(subject_id))
        digests = [bytes(digest) for digest in keys.values_list("digest", flat=True)]
        issues = list(ComparisonList.objects.filter(list_id__in=list_ids, is_current=True).order_by("as_of"))
        found = list(ComparisonRow.objects.filter(list__in=issues, digest__in=digests).order_by("happened_on", "pk"))
    return [
        comparison(declared[name], [i for i in issues if i.list_id == name], found, region)
        for name in list_ids
        if name in declared
    ]


def comparison(
    wanted: DeclaredList, issues: list[ComparisonList], found: list[ComparisonRow], region: int | None
) -> Comparison:
    ids = {issue.pk for issue in issues}
    rows = tuple(told(row) for row in found if row.list_id in ids)
    covering = [issue for issue in issues if region is None or within([subtree(issue.region)], region)]
    if not rows and not covering:
        words = "这份名单只有外县的，本地还没有导入，不能算没有" if issues else "这份名单还没有导入，没有比对"
        return Comparison(wanted.id, wanted.label, None, False, words)
    # How old the answer is follows from the issues that stand for the place, not from those of its neighbours.
    oldest = min(issue.as_of for issue in covering or issues)
    stale = wanted.stale_after_days is not None and (today() - oldest).days > wanted.stale_after_days
    note = wanted.match_note if rows else wanted.clear_note
    return Comparison(wanted.id, wanted.label, oldest, bool(rows), note, rows, stale)


def told(row: ComparisonRow) -> dict[str, str | int | None]:
    happened = row.happened_on.isoformat() if row.happened_on else None
    return {
        "row": row.row_number,
        "measure": row.measure,
        "amount_fen": row.amount_fen,
        "date": happened,
        "note": row.note,
    }


def current_lists(actor: Actor) -> list[ComparisonList]:
    """The issues in force that count in the places where the actor brings lists in, the broadest first.

    Those of the actor's own range and below, and those from above that stand for it too: a county officer also sees
    the city's, which no wall of the county's lets through. Only what, when and how many; nobody on them.
    """
    own = [i for grant in actor.grants if "list.import" in grant.permissions for i in grant.regions]
    with entered(Scope.system()):
        issues = list(ComparisonList.objects.filter(is_current=True).order_by("list_id", "region"))
    return [one for one in issues if actor.kind == "system" or any(meet(subtree(one.region), each) for each in own)]


def meet(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]
