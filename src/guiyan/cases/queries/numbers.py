"""Numbers of cases for those who hold a reference to one: lists of money, records behind a figure."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.accounts.permissions import visible
from guiyan.cases import states
from guiyan.cases.models import Batch, Case
from guiyan.kernel.actors import Actor


def case_numbers(actor: Actor, refs: Iterable[str], permission: str) -> dict[str, str]:
    """`case:12` -> its number, in one query, within what the permission lets the actor see."""
    ids = _ids(refs, "case")
    cases = Case.objects.filter(id__in=ids).exclude(number="")
    rows = visible(actor, permission, cases, region="region") if ids else Case.objects.none()
    return {f"case:{case_id}": number for case_id, number in rows.values_list("id", "number")}


def batch_titles(actor: Actor, refs: Iterable[str], permission: str) -> dict[str, tuple[str, str]]:
    """`batch:3` -> its number and title, in one query."""
    ids = _ids(refs, "batch")
    rows = (
        visible(actor, permission, Batch.objects.filter(id__in=ids), region="region") if ids else Batch.objects.none()
    )
    return {f"batch:{batch.id}": (batch.number, batch.title) for batch in rows}


def _ids(refs: Iterable[str], kind: str) -> set[int]:
    parted = (ref.partition(":") for ref in refs if ref)
    return {int(number) for name, _, number in parted if name == kind and number.isdigit()}


def cases_of_subjects(actor: Actor, subject_ids: Iterable[int]) -> dict[int, str]:
    """subject -> the number of the newest case that came through for them and that the actor may see."""
    wanted = set(subject_ids)
    rows = visible(actor, "case.view", Case.objects.filter(subject_id__in=wanted)) if wanted else Case.objects.none()
    rows = rows.exclude(state__in=(states.DRAFT, *states.ENDED_WITHOUT_MONEY))
    return dict(rows.order_by("id").values_list("subject_id", "number"))
