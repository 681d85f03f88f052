"""Sealing the audit log, every few seconds."""

from __future__ import annotations

from guiyan.kernel import audit
from guiyan.kernel.jobs.registry import every


@every(5, name="kernel.seal_audit", label="审计封存", in_transaction=False)
def seal_audit() -> None:
    audit.seal_pending()
