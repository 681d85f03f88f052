"""The picture of a published entry: shown only while the entry is out and the rule lets the picture out."""

from __future__ import annotations

from django.http import FileResponse
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries
from guiyan.registers.pictures import picture_path


@require_safe
def public_picture(request: ActingRequest, register: str, token: str, field: str) -> FileResponse:
    found = queries.public_entry(register, token)
    declared = next((one for one in found.fields if one.id == field and one.type == "picture"), None)
    digest = found.values.get(field) if declared is not None else None
    if not isinstance(digest, str):
        raise NotFound
    with entered(Scope.system()):
        path = picture_path(digest)
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
