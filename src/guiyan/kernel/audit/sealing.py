"""Sealing: everything below the oldest running transaction is final, and goes under the next seal of the chain.

A transaction that started earlier and commits later holds the boundary back, so that its entries are never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection

from guiyan.kernel.audit import merkle, seals
from guiyan.kernel.audit.models import AuditSeal
from guiyan.kernel.audit.seals import NOTHING_BEFORE, Seal
from guiyan.kernel.scope import Scope, entered

SEALING_LOCK = 0x6775_6980
BATCH = 2000

ROWS = """
SELECT id, at, recorded_at, txid, actor_kind, actor_id, action, target, targets, purpose, region, detail::text
FROM audit_entry WHERE txid >= %s AND txid < %s ORDER BY txid, id
"""


def seal_pending() -> int:
    """Seal what is final and return how many entries that was. Safe to call from several processes at once."""
    with entered(Scope.system()):
        lock()
        copy_to_file()
        sealed = seal_next()
    if sealed and not connection.in_atomic_block:
        with entered(Scope.system()):
            lock()
            copy_to_file()
    return sealed


def lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (SEALING_LOCK,))


def seal_next() -> int:
    last = last_seal()
    start = last.upto_txid if last else 0
    upto, pending = boundary(start)
    if not pending:
        return 0
    root, entries = merkle.root(rows(start, upto))
    previous = last.digest if last else NOTHING_BEFORE
    number = last.number + 1 if last else 1
    store(Seal(number, start, upto, entries, root, previous, datetime.now(UTC).isoformat()))
    return entries


def boundary(start: int) -> tuple[int, bool]:
    """The first transaction that may still be running, and whether any entry lies below it."""
    query = """
    WITH edge AS (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS upto)
    SELECT upto, EXISTS (SELECT FROM audit_entry WHERE txid >= %s AND txid < upto) FROM edge
    """
    with connection.cursor() as cursor:
        cursor.execute(query, (start,))
        upto, pending = cursor.fetchone()
    return upto, pending


def rows(start: int, upto: int) -> Iterator[tuple[object, ...]]:
    """The entries of a range in sealing order, as plain values."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, (start, upto))
        while chunk := cursor.fetchmany(BATCH):
            yield from (tuple(map(plain, row)) for row in chunk)


def plain(value: object) -> object:
    """A moment reads the same whatever the time zone of the session."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def store(seal: Seal) -> None:
    query = """
    INSERT INTO audit_seal
      (number, from_txid, upto_txid, entries, root, previous, digest, sealed_at, sealed_in)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, pg_current_xact_id()::text::bigint)
    """
    values = (seal.number, seal.from_txid, seal.upto_txid, seal.entries, seal.root, seal.previous, seal.digest)
    with connection.cursor() as cursor:
        cursor.execute(query, (*values, seal.sealed_at))


def stored() -> Iterator[tuple[Seal, str]]:
    """Each seal as the table has it, with the digest the table claims."""
    for row in AuditSeal.objects.order_by("number").iterator(BATCH):
        yield seal_of(row), row.digest


def last_seal() -> Seal | None:
    row = AuditSeal.objects.order_by("-number").first()
    return seal_of(row) if row else None


def seal_of(row: AuditSeal) -> Seal:
    return Seal(row.number, row.from_txid, row.upto_txid, row.entries, row.root, row.previous, row.sealed_at)


def copy_to_file() -> None:
    """Append the seals the file lacks, without those of this very transaction, which may still be undone.

    A file that differs is left as it is, for `verify` to report.
    """
    try:
        written = seals.read_file()
    except seals.UnreadableLine:
        return
    reached = written[-1].number if written else 0
    missing = AuditSeal.objects.filter(number__gt=reached).exclude(sealed_in=this_transaction()).order_by("number")
    if missing:
        seals.append_to_file([seal_of(row) for row in missing])


def this_transaction() -> int:
    """Its number, 0 while it has written nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0)")
        return int(cursor.fetchone()[0])
