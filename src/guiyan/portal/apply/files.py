"""The files that come with a form of the portal: each is kept, or it is said why it could not be."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages

from guiyan.accounts.web import ActingRequest
from guiyan.cases.models import CaseMaterial
from guiyan.kernel.errors import Refused
from guiyan.portal.apply.page import PREFIX


def take_files(request: ActingRequest, keep: Callable[..., CaseMaterial]) -> dict[str, str]:
    """Hand every file that came to `keep(material=, name=, content=)`; material -> why it could not be taken."""
    faults: dict[str, str] = {}
    chosen = [(field.removeprefix(PREFIX), one) for field in request.FILES for one in request.FILES.getlist(field)]
    for material, upload in chosen:
        try:
            row = keep(material=material, name=upload.name or "", content=upload.read())
            messages.success(request, f"已收到{row.label}。")
        except Refused as refusal:
            faults[material] = refusal.message
    return faults
