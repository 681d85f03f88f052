"""The rows of a file that were not taken, as a file to mend and hand in again: as they were, with what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import xlsxwriter

from guiyan.registers.importing.faults import Fault
from guiyan.registers.importing.sheet import NOTES
from guiyan.registers.values import as_text

MOST_ROWS = 1_000_000


class ReturnedRows:
    """Written while the file is read, a row at a time: the size of the file does not matter.

    Every cell is text: nothing in it can run as a formula, and long numbers stay whole.
    """

    def __init__(self, path: Path, head: Sequence[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.count = path, 0
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
        self._sheet = self._book.add_worksheet("退回的行")
        bold, wrong = (
            self._book.add_format({"bold": True}),
            self._book.add_format({"bold": True, "bg_color": "#FFF8E8"}),
        )
        self._text = self._book.add_format({"num_format": "@"})
        for place, heading in enumerate(head):
            self._sheet.set_column(place, place, max(12, len(heading) * 2 + 4), self._text)
            self._sheet.write_string(0, place, heading, bold)
        for place, heading in enumerate(NOTES, len(head)):
            self._sheet.set_column(place, place, 30)
            self._sheet.write_string(0, place, heading, wrong)
        self._width = len(head)

    def add(self, number: int, cells: Sequence[object], faults: Sequence[Fault]) -> None:
        if self.count == MOST_ROWS:
            return
        self.count += 1
        for place, cell in enumerate(cells[: self._width]):
            if cell is not None and cell != "":
                self._sheet.write_string(self.count, place, as_text(cell), self._text)
        notes = (str(number), "；".join(f"{one.column}：{one.wrong}" for one in faults), words_of(faults))
        for place, words in enumerate(notes, self._width):
            self._sheet.write_string(self.count, place, words)

    def __enter__(self) -> ReturnedRows:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._book.close()
        if kind is not None or not self.count:
            self.path.unlink(missing_ok=True)


def words_of(faults: Sequence[Fault]) -> str:
    return "；".join(dict.fromkeys(one.right for one in faults))
