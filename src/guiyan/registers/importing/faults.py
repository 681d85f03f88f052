"""Faults of a file, each at its row and column, as the error file and the page list them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

MOST_KEPT = 10_000


class Fault(NamedTuple):
    row: int
    column: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"第{self.row:,}行“{self.column}”{self.wrong}：{self.right}。".replace(",", " ")


def write_error_file(path: Path, faults: Iterable[Fault]) -> None:
    """A CSV that Excel opens with Chinese intact. Cells that a spreadsheet would compute are quoted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行号", "列", "错在哪里", "应该怎样"])
        writer.writerows([fault.row, *map(inert, fault[1:])] for fault in faults)


def inert(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is kept a text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
