"""What may still be changed after the first submission: what the one notice of what to add names, and nothing else.

What the asked changes make necessary in turn (a field or paper that is now required and empty) may come with them.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.cases import answers, declared, materials, states
from guiyan.cases.models import Case, Supplement
from guiyan.kernel.errors import Refused


def waiting(case: Case) -> Supplement | None:
    """The notice that waits for its answer, if the case is being supplemented."""
    return Supplement.objects.filter(case=case).first() if case.state == states.SUPPLEMENT else None


def open_fields(case: Case) -> frozenset[str] | None:
    """The fields that may be written now; None while everything may."""
    notice = waiting(case)
    return None if notice is None else frozenset(notice.fields) | answers.problems(case).keys()


def open_materials(case: Case) -> frozenset[str] | None:
    """The materials that may come or go now; None while all may."""
    notice = waiting(case)
    if notice is None:
        return None
    return frozenset(notice.materials) | {row.id for row in materials.rows(case) if row.missing}


def refuse_unasked_fields(case: Case, changed: Iterable[str]) -> None:
    """Refuse a change of anything the notice does not name, whoever types it."""
    asked = open_fields(case)
    if asked is not None and (unasked := [name for name in changed if name not in asked]):
        words = "、".join(declared.names(case, [], unasked))
        raise Refused(f"补正只能改告知要改的栏目，{words}不在其中，没有改动。", "not-asked")


def refuse_unasked_material(case: Case, material: str) -> None:
    """Refuse a file, or taking one out, for a material the notice does not name."""
    asked = open_materials(case)
    if asked is not None and material not in asked:
        words = "、".join(declared.names(case, [material], []))
        raise Refused(f"补正只收告知要补的材料，{words or '这份材料'}不在其中，没有改动。", "not-asked")
