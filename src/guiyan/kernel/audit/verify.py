"""Looking for faults: each seal computed again from its entries, followed along the chain, held against the file."""

from __future__ import annotations

from collections.abc import Iterator

from guiyan.kernel.audit import merkle, seals
from guiyan.kernel.audit.sealing import lock, rows, stored
from guiyan.kernel.audit.seals import NOTHING_BEFORE, Seal
from guiyan.kernel.checks import Finding
from guiyan.kernel.scope import Scope, entered


def verify() -> list[Finding]:
    """All faults of the audit log: entries changed, added or removed, seals changed or removed, a file that differs."""
    with entered(Scope.system()):
        lock()
        table = list(stored())
        found = list(chain_faults(table)) + list(entry_faults([seal for seal, _ in table]))
        return found + list(file_faults([seal for seal, _ in table]))


def chain_faults(table: list[tuple[Seal, str]]) -> Iterator[Finding]:
    number, upto, digest = 0, 0, NOTHING_BEFORE
    for seal, claimed in table:
        where = f"seal:{seal.number}"
        if claimed != seal.digest:
            yield Finding("audit.seal_changed", where, f"第 {seal.number} 个封存的内容与其摘要不符，被改动过。")
        if seal.number != number + 1:
            yield Finding("audit.seal_removed", where, f"第 {number + 1} 个封存不见了。")
        elif seal.previous != digest or seal.from_txid != upto:
            yield Finding("audit.chain_broken", where, f"第 {seal.number} 个封存与前一个接不上。")
        number, upto, digest = seal.number, seal.upto_txid, claimed


def entry_faults(table: list[Seal]) -> Iterator[Finding]:
    for seal in table:
        root, entries = merkle.root(rows(seal.from_txid, seal.upto_txid))
        where = f"seal:{seal.number}"
        if entries != seal.entries:
            words = f"第 {seal.number} 个封存下应有 {seal.entries} 条记录，现有 {entries} 条。"
            code = "audit.entry_removed" if entries < seal.entries else "audit.entry_added"
            yield Finding(code, where, words)
        elif root != seal.root:
            yield Finding("audit.entry_changed", where, f"第 {seal.number} 个封存下有记录被改动过。")


def file_faults(table: list[Seal]) -> Iterator[Finding]:
    """The file may lag by the newest seal, which the next sealing appends; it may never lack or hold another."""
    try:
        written = {seal.number: seal for seal in seals.read_file()}
    except seals.UnreadableLine as error:
        yield Finding("audit.file_changed", "seals.log", str(error))
        return
    stored_seals = {seal.number: seal for seal in table}
    for number, seal in written.items():
        where = f"seal:{number}"
        if number not in stored_seals:
            yield Finding("audit.seal_removed", where, f"封存文件中的第 {number} 个封存，库里没有。")
        elif stored_seals[number] != seal:
            yield Finding("audit.file_differs", where, f"第 {number} 个封存与封存文件不一致。")
    for number in sorted(stored_seals.keys() - written.keys()):
        if number != table[-1].number:
            yield Finding("audit.file_shortened", f"seal:{number}", f"封存文件里缺第 {number} 个封存。")
