"""What came of somebody from other bureaus, and what went to other systems: told to her as who looked is.

A module above registers that sends entries on declares it in a file imported by its `ready()`:

    @passes("exchange")
    def packages(subject_ids): ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db.models import Q

from guiyan.kernel import releases
from guiyan.registers.models import Assertion, ComparedPerson, ComparisonList, ComparisonRow, DataTaking, SubjectKey
from guiyan.registers.rights.looks import Looked
from guiyan.registers.sharing.offered import Shared, offered

MOST = 30
MOMENT = timedelta(minutes=1)  # between a report and the line of the call that brought it
Told = Callable[[Sequence[int]], list[Looked]]
_tellers: dict[str, Told] = {}


def passes(kind: str) -> Callable[[Told], Told]:
    """Declare where a module sends entries of the subjects with these ids; asked in the system's scope."""

    def declare(told: Told) -> Told:
        _tellers[kind] = told
        return told

    return declare


def passed_of(subject_ids: Sequence[int]) -> tuple[Looked, ...]:
    """The newest MOST, of all modules. In the system's scope; a fixed number of queries."""
    found = [*others_data(subject_ids)]
    for _, told in sorted(_tellers.items()):
        found += told(subject_ids)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MOST])


def others_data(subject_ids: Sequence[int]) -> list[Looked]:
    """Under which authorisations other bureaus' data about her came in. No query where nothing is in the catalogue."""
    items = offered()
    if not items:
        return []
    compared = ComparedPerson.objects.filter(subject_id__in=list(subject_ids)).order_by("-pk")
    looked = Q(pk__in=list(compared.values_list("taking_id", flat=True)[:MOST]))
    wanted = of_entries(subject_ids, items) | of_lists(subject_ids, items) | looked
    rows = DataTaking.objects.filter(wanted).select_related("use").order_by("-pk")[:MOST]
    return [line(one, items) for one in rows if one.use.list_id in items]


def of_entries(subject_ids: Sequence[int], items: dict[str, Shared]) -> Q:
    """The takings that brought reports about her, of files by the import, of the API by the moment."""
    sources = {(one.register, one.source): one.id for one in items.values() if one.register}
    said = Assertion.objects.filter(
        subject_id__in=list(subject_ids),
        register__in={register for register, _ in sources},
        source__in={source for _, source in sources},
    ).order_by("-pk")
    wanted = Q(pk__in=())
    for register, source, run, at in said.values_list("register", "source", "import_id", "recorded_at")[:MOST]:
        if (register, source) not in sources:
            continue
        if run is not None:
            wanted |= Q(how=DataTaking.FILE, of_id=run)
        else:
            about = Q(how=DataTaking.API, use__list_id=sources[register, source])
            wanted |= about & Q(at__range=(at - MOMENT, at + MOMENT))
    return wanted


def of_lists(subject_ids: Sequence[int], items: dict[str, Shared]) -> Q:
    """The takings of lists in force that she is on."""
    lists = [one.id for one in items.values() if not one.register]
    if not lists:
        return Q(pk__in=())
    digests = SubjectKey.objects.filter(subject_id__in=list(subject_ids)).values_list("digest", flat=True)
    issues = ComparisonList.objects.filter(list_id__in=lists, is_current=True).values_list("pk", flat=True)
    rows = ComparisonRow.objects.filter(digest__in=list(digests), list__in=list(issues))
    return Q(how=DataTaking.LIST, of_id__in=set(rows.values_list("list_id", flat=True)))


def line(taking: DataTaking, items: dict[str, Shared]) -> Looked:
    item = items[taking.use.list_id]
    holder = releases.current().units.get(item.sharing.holder)
    purposes = {str(name): words for name, words in item.sharing.purposes.items()}
    return Looked(
        taking.at,
        f"{holder.name if holder is not None else '其他部门'}授权{taking.use.unit_name}使用",
        f"和“{item.label}”比对了" if taking.how == DataTaking.LOOK else f"收进了“{item.label}”里您的信息",
        purposes.get(taking.use.purpose, taking.use.purpose),
    )
