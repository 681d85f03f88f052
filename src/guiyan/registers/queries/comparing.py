"""Comparing people and firms with lists: are they on them, what do these say, and of which day are they?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import Interval, subtree, within
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import ComparisonList as DeclaredList
from guiyan.registers.models import ComparisonList, ComparisonRow, Subject, SubjectKey
from guiyan.registers.sharing.binding import CLOSED, closed

Outcome = Literal["hit", "clear", "missing", "nobody"]
Digests = Mapping[str, frozenset[bytes]]
MISSING, ELSEWHERE = "这份名单还没有导入，没有比对", "这份名单只有外县的，本地还没有导入，不能算没有"
NOBODY = {"id_number": "没有登记身份证号，没法比对", "credit_code": "没有登记的经营主体，没法比对"}


@dataclass(frozen=True)
class Asked:
    """Whom a comparison is about. firm_id: whom lists of firms are asked about. region: the place it is asked for."""

    person_id: int
    firm_id: int | None = None
    region: int | None = None


@dataclass(frozen=True)
class Comparison:
    """What one list says of one person or firm.

    outcome: hit; clear: not on it; missing: the list was never brought in for this place; nobody: there was no number
    to compare by. Only the first two say anything. as_of: of the oldest issue that stands for the place.
    issues: the issues it was compared with.
    """

    list_id: str
    title: str
    as_of: date | None
    matched: bool
    note: str
    rows: tuple[dict[str, str | int | None], ...] = field(default_factory=tuple)
    is_stale: bool = False
    outcome: Outcome = "clear"
    issues: tuple[int, ...] = ()


def compare(
    subject_id: int,
    list_ids: Sequence[str],
    *,
    lists: Mapping[str, DeclaredList] | None = None,
    region: int | None = None,
    firm_id: int | None = None,
) -> list[Comparison]:
    """`compare_all` for one person and, for lists of firms, her firm. For a firm alone: its id as both."""
    return compare_all([Asked(subject_id, firm_id, region)], list_ids, lists=lists)[0]


def compare_all(
    asked: Sequence[Asked], list_ids: Sequence[str], *, lists: Mapping[str, DeclaredList] | None = None
) -> list[list[Comparison]]:
    """Compare many with the current issues of the lists, wherever in the city they come from; every list answers each.

    lists: as declared where the question comes from (default: the release in force). A list brought in only by other
    counties proves nothing for a place. A row with a period counts while today lies inside. Five queries, whatever
    the number of people. Looks beyond the entered scope, and tells nothing but what concerns those asked about.
    """
    declared = releases.current().lists if lists is None else lists
    wanted = [declared[name] for name in list_ids if name in declared]
    day = today()
    with entered(Scope.system()):
        known = digests_of({one.person_id for one in asked} | {one.firm_id for one in asked if one.firm_id is not None})
        issues = list(
            ComparisonList.objects.filter(list_id__in=[x.id for x in wanted], is_current=True).order_by("as_of", "pk")
        )
        found = rows_found(issues, known.values(), day)
        shut = closed(wanted)
    return [
        [unauthorised(each) if each.id in shut else answer(one, each, issues, known, found, day) for each in wanted]
        for one in asked
    ]


def unauthorised(wanted: DeclaredList) -> Comparison:
    """Another bureau's list without an authorisation that is live: nothing of it is told."""
    return Comparison(wanted.id, wanted.label, None, False, CLOSED, outcome="missing")


def digests_of(subject_ids: Iterable[int]) -> dict[int, Digests]:
    """Subject → kind of key → the digests of every number it is known by, also those of records merged with it."""
    roots = dict(Subject.objects.filter(pk__in=set(subject_ids)).values_list("pk", "canonical_id"))
    if set(subject_ids) - roots.keys():
        raise NotFound
    root_of = dict(Subject.objects.filter(canonical_id__in=set(roots.values())).values_list("pk", "canonical_id"))
    digests: dict[int, dict[str, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    keys = SubjectKey.objects.filter(subject_id__in=list(root_of)).values_list("subject_id", "kind", "digest")
    for subject_id, kind, digest in keys:
        digests[root_of[subject_id]][kind].add(bytes(digest))
    return {pk: {kind: frozenset(of) for kind, of in digests[root].items()} for pk, root in roots.items()}


def rows_found(
    issues: Sequence[ComparisonList], known: Iterable[Digests], day: date
) -> dict[tuple[int, bytes], list[ComparisonRow]]:
    """(issue, digest) → the rows that count on the day."""
    digests = {digest for kinds in known for of in kinds.values() for digest in of}
    rows = ComparisonRow.objects.filter(list_id__in=[one.pk for one in issues], digest__in=list(digests))
    found: dict[tuple[int, bytes], list[ComparisonRow]] = defaultdict(list)
    for row in rows.order_by("happened_on", "pk"):
        if (row.valid_from or day) <= day <= (row.valid_to or day):
            found[row.list_id, bytes(row.digest)].append(row)
    return found


def answer(
    one: Asked,
    wanted: DeclaredList,
    issues: Sequence[ComparisonList],
    known: Mapping[int, Digests],
    found: Mapping[tuple[int, bytes], list[ComparisonRow]],
    day: date,
) -> Comparison:
    """What one list says of one of those asked about."""
    subject = one.person_id if wanted.key_kind == "id_number" else one.firm_id
    digests = known[subject].get(wanted.key_kind, frozenset()) if subject is not None else frozenset()
    mine = [issue for issue in issues if issue.list_id == wanted.id]
    hits = [row for issue in mine for digest in digests for row in found.get((issue.pk, digest), [])]
    rows = tuple(told(row) for row in sorted(hits, key=lambda row: (row.happened_on or date.max, row.pk)))
    covering = [issue for issue in mine if one.region is None or within([subtree(issue.region)], one.region)]
    ids = tuple(sorted(issue.pk for issue in mine))
    if not rows and not covering:
        return Comparison(
            wanted.id, wanted.label, None, False, ELSEWHERE if mine else MISSING, outcome="missing", issues=ids
        )
    # How old the answer is follows from the issues that stand for the place, not from those of its neighbours.
    oldest = min(issue.as_of for issue in covering or mine)
    stale = day > due_on(wanted, oldest)
    if not digests:
        note = NOBODY[wanted.key_kind]
        return Comparison(wanted.id, wanted.label, oldest, False, note, (), stale, "nobody", ids)
    note = wanted.match_note if rows else wanted.clear_note
    return Comparison(wanted.id, wanted.label, oldest, bool(rows), note, rows, stale, "hit" if rows else "clear", ids)


def due_on(wanted: DeclaredList, as_of: date) -> date:
    """The last day on which an issue still counts as fresh."""
    return as_of + timedelta(days=wanted.fresh_days)


def told(row: ComparisonRow) -> dict[str, str | int | None]:
    return {
        "row": row.row_number,
        "measure": row.measure,
        "amount_fen": row.amount_fen,
        "date": iso(row.happened_on),
        "from": iso(row.valid_from),
        "to": iso(row.valid_to),
        "note": row.note,
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def current_lists(actor: Actor) -> list[ComparisonList]:
    """The issues in force that count in the places where the actor brings lists in, the broadest first.

    Those of the actor's own range and below, and those from above that stand for it too: a county officer also sees
    the city's, which no wall of the county's lets through. Only what, when and how many; nobody on them.
    """
    own = [i for grant in actor.grants if "list.import" in grant.permissions for i in grant.regions]
    with entered(Scope.system()):
        issues = list(ComparisonList.objects.filter(is_current=True).order_by("list_id", "region"))
    return [one for one in issues if actor.kind == "system" or any(meet(subtree(one.region), each) for each in own)]


def issues_in_force(list_ids: Sequence[str]) -> dict[str, list[ComparisonList]]:
    """List → its current issues all over the city: what a comparison made now would look at."""
    found: dict[str, list[ComparisonList]] = {name: [] for name in list_ids}
    with entered(Scope.system()):
        for issue in ComparisonList.objects.filter(list_id__in=list(list_ids), is_current=True).order_by("as_of", "pk"):
            found[issue.list_id].append(issue)
    return found


def meet(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]
