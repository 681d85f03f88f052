"""An entry on paper: what goes out to whoever decides about it, as PDF or Word."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.kernel import audit, printing
from guiyan.kernel.errors import NotFound
from guiyan.kernel.printing import TYPES
from guiyan.registers import queries
from guiyan.registers.papers import entry_paper


@require_safe
def paper(request: ActingRequest, register: str, subject_id: int, kind: str) -> HttpResponse:
    """For who may edit the entry; numbers stay masked, and the taking is logged before the file is made."""
    view = queries.entry_view(request.actor, register, subject_id)
    require(request.actor, "register.edit", view, unit=None, subject=None)
    if kind not in TYPES:
        raise NotFound("只有PDF和Word两种。")
    who = [f"subject:{view.subject_id}"]
    audit.record_read(request.actor, f"register.{register}.paper", who, "打印档案", region=view.region)
    made = entry_paper(request.actor, register, subject_id)
    answer = HttpResponse(printing.made(made, kind), content_type=TYPES[kind])
    answer.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(f'{made.beneath}-{made.title}.{kind}')}"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
