"""One hash over many rows. Leaves and nodes are hashed apart, so that no node can pass for a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


def root(rows: Iterable[Sequence[object]]) -> tuple[str, int]:
    """The root over the rows in their order, and how many there were. Memory grows with the logarithm only."""
    peaks: list[tuple[int, bytes]] = []
    count = 0
    for row in rows:
        count += 1
        peaks.append((0, leaf(row)))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (height, left), (_, right) = peaks[-2:]
            peaks[-2:] = [(height + 1, node(left, right))]
    whole = EMPTY
    for position, (_, peak) in enumerate(reversed(peaks)):
        whole = peak if position == 0 else node(peak, whole)
    return whole.hex(), count


def leaf(row: Sequence[object]) -> bytes:
    return hashlib.sha256(b"\x00" + canonical(row)).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def canonical(values: object) -> bytes:
    """The same values always give the same bytes."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
