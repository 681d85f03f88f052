"""Which packages carried somebody's entry, told on the page of what is held of her."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from guiyan.exchange import states
from guiyan.exchange.models import Package, PackagePiece
from guiyan.kernel import releases
from guiyan.registers.queries.handed import files_of_imports_about
from guiyan.registers.rights.looks import Looked
from guiyan.registers.rights.passed import MOST, passes


@passes("exchange")
def packages(subject_ids: Sequence[int]) -> list[Looked]:
    """Out: those whose pieces name her. In: those whose file brought a report about her. Five queries."""
    about = Q(pk__in=())
    for one in subject_ids:
        about |= Q(low__lte=one, high__gte=one, subject_ids__contains=[one])
    out = PackagePiece.objects.filter(about).values_list("package_id", flat=True).order_by("-pk")[:MOST]
    came = files_of_imports_about(subject_ids, most=MOST)
    wanted = Q(pk__in=list(out)) | Q(direction=states.IN, import_file_id__in=came)
    rows = Package.objects.filter(wanted).select_related("partner").order_by("-pk")[:MOST]
    return [line(row) for row in rows]


def line(row: Package) -> Looked:
    register = releases.current().registers.get(row.register)
    label = register.label if register is not None else row.register
    at = row.made_at or row.asked_at
    if row.direction == states.IN:
        return Looked(at, f"{row.partner.name}发来", f"收进了“{label}”里您的信息", f"第{row.number}号往来包")
    return Looked(at, f"发给{row.partner.name}", f"发出了“{label}”里您的信息", row.reason)
