"""Writes payment files: the same bytes however often it runs, on disk before the record says so."""

from __future__ import annotations

import os
from pathlib import Path

from django.db import transaction

from guiyan.kernel import failpoints
from guiyan.kernel.jobs import job
from guiyan.kernel.outbox import publish
from guiyan.ledger import sheets
from guiyan.ledger.exchange import outbox_folder
from guiyan.ledger.models import PaymentFile, PaymentRequest


@job("ledger.write_payment_file")
def write_payment_file(request_id: int) -> None:
    """Write the request's file, then its row and event in one transaction."""
    with transaction.atomic():
        request = PaymentRequest.objects.select_for_update().get(id=request_id)
        if PaymentFile.objects.filter(request=request).exists():
            return
        content = sheets.request_file(request, list(request.lines.order_by("line_no")), request.requested_at)
        name = f"{request.number}.xlsx"
        _place(outbox_folder() / name, content)
        failpoints.hit("payment_file_written")
        PaymentFile.objects.create(
            request=request,
            name=name,
            sha256=sheets.sha256(content),
            written_at=request.requested_at,
            region=request.region,
        )
        publish("payment.file_written", request_id=request.id, batch_ref=request.batch_ref)


def _place(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    part.replace(path)
