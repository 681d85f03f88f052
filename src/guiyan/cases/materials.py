"""Which materials a case has, which it still lacks, and which it need not bring because others answer for them."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.cases import declared
from guiyan.cases.answers import typed_values
from guiyan.cases.models import Case, CaseMaterial, Supplement
from guiyan.cases.rules import holds_on_form
from guiyan.packs.item import Material

ACCOUNT = "account"
"""The material that shows where the money goes, by its name in every item that has one."""


@dataclass(frozen=True)
class MaterialRow:
    """One material of the item as it stands for a case."""

    id: str
    label: str
    note: str
    files: tuple[CaseMaterial, ...]
    required: bool
    replaced_by: str  # what answers instead of the paper; empty when the paper is asked for

    @property
    def missing(self) -> bool:
        return self.required and not self.files


def rows(case: Case) -> list[MaterialRow]:
    """Every material of the item, in the item's order, but for what a register has made needless and nobody brought."""
    given: dict[str, list[CaseMaterial]] = {}
    for one in CaseMaterial.objects.filter(case=case, replaced_at=None).select_related("file").order_by("id"):
        given.setdefault(one.material, []).append(one)
    return [
        MaterialRow(
            name,
            material.label,
            material.note,
            tuple(given.get(name, ())),
            _is_required(case, material),
            replacement(case, material),
        )
        for name, material in declared.item_of(case).materials.items()
        if name in given or material.unless_held not in case.held
    ]


def lacking(case: Case) -> list[str]:
    """The labels of the materials that must come and have not."""
    return [row.label for row in rows(case) if row.missing]


def replacement(case: Case, material: Material) -> str:
    """What makes the paper unnecessary: the check or list that answers for it, by its label."""
    if not material.replaces:
        return ""
    item, pack = declared.item_of(case), declared.pack_of(case)
    if material.replaces in item.checks:
        return item.checks[material.replaces].label
    if material.replaces in item.comparisons and material.replaces in pack.lists:
        return pack.lists[material.replaces].label
    return ""


def _is_required(case: Case, material: Material) -> bool:
    if material.optional or replacement(case, material) or material.unless_held in case.held:
        return False
    if material.required_when is None:
        return True
    # A condition that cannot be settled yet does not spare anybody the paper.
    return holds_on_form(material.required_when, declared.form_of(case), typed_values(case)) is not False


def not_added_since(case: Case, supplement: Supplement) -> list[str]:
    """The materials a notice asked for that have not come since it was given."""
    came = set(
        CaseMaterial.objects.filter(case=case, replaced_at=None, added_at__gte=supplement.asked_at).values_list(
            "material", flat=True
        )
    )
    return declared.names(case, [one for one in supplement.materials if one not in came], [])
