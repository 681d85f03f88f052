"""Sealing in tests: any transaction of the whole server, another worker's too, holds the boundary back for a moment."""

from __future__ import annotations

import time

from django.db import connection

from guiyan.kernel import audit
from guiyan.kernel.audit.sealing import last_seal
from guiyan.kernel.scope import Scope, entered

PATIENCE_SECONDS = 120


def seal_exactly(expected: int) -> None:
    """Seal until this many entries went under; fail when it is more, or when they never do."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    sealed = audit.seal_pending()
    while sealed < expected and time.monotonic() < deadline:
        time.sleep(0.02)
        sealed += audit.seal_pending()
    assert sealed == expected


def seal_all() -> None:
    """Seal everything there is now."""
    seal_exactly(unsealed())


def unsealed() -> int:
    with entered(Scope.system()), connection.cursor() as cursor:
        last = last_seal()
        cursor.execute("SELECT count(*) FROM audit_entry WHERE txid >= %s", (last.upto_txid if last else 0,))
        return int(cursor.fetchone()[0])
