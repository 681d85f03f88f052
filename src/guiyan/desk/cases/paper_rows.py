"""The papers of a draft as the entering pages show them: what is there, what could be used again, and where to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from guiyan.cases.materials import MaterialRow
from guiyan.cases.models import CaseMaterial
from guiyan.desk.cases.upload_form import UploadForm


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file that is there, and the address that takes it out."""

    row: CaseMaterial
    remove_href: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One material of the form. `reuse_href` is empty where nothing handed in earlier can serve."""

    row: MaterialRow
    files: list[PaperFile]
    form: UploadForm
    add_href: str
    reuse_href: str


@dataclass(frozen=True, slots=True)
class PaperAddresses:
    """Where each button of a paper leads."""

    add: Callable[[str], str]
    remove: Callable[[int], str]
    reuse: Callable[[int], str]


def papers_of(
    rows: Iterable[MaterialRow], reusable: Mapping[str, CaseMaterial], addresses: PaperAddresses
) -> list[Paper]:
    """The papers in the form's order. reusable: material -> the newest file handed in with an earlier request."""
    return [
        Paper(
            row,
            [PaperFile(file, addresses.remove(file.pk)) for file in row.files],
            UploadForm(row.id, row.label),
            addresses.add(row.id),
            addresses.reuse(reusable[row.id].pk) if row.id in reusable and not row.files else "",
        )
        for row in rows
    ]
