"""A large .xlsx read as a stream: row by row, in a memory that does not grow with the file (shared strings apart).

Smaller ones are read by calamine, which holds a whole sheet; the tests hold that both read the same cells.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from guiyan.registers.importing.plain_rows import BLOCK, Written, rows_of

BUILT_IN_DAYS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
Attributes = dict[str, str]


class NotAWorkbook(Exception):
    """The file is no whole workbook, or one that means harm."""


class Workbook:
    """Close it after the last row. Raises NotAWorkbook, also while rows are read."""

    def __init__(self, path: str) -> None:
        self.hidden: set[str] = set()
        try:
            self.zip = ZipFile(path)
            self.sheets, self.epoch = self._sheets()
            self.days = self._day_styles()
        except (BadZipFile, OSError, KeyError, ValueError, expat.ExpatError) as error:
            raise NotAWorkbook from error

    def close(self) -> None:
        self.zip.close()

    def merged(self, title: str) -> str:
        """The first range of merged cells (A1:B2), empty without any; it stands behind the rows."""
        before = b""
        with self.zip.open(self.sheets[title]) as file:
            while block := file.read(BLOCK):
                if found := re.search(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"', before + block):
                    return found.group(1).decode()
                before = block[-100:]
        return ""

    def rows(self, title: str) -> Iterator[tuple[int, list[object]]]:
        """Number and cells of each row that has any; cells as calamine gives them, empty ones ""."""
        try:
            texts = self._shared_texts()
            reading = Rows(texts, self.days, self.epoch)
            parser = parser_of(reading.start, reading.end, reading.text)
            with self.zip.open(self.sheets[title]) as file:
                yield from rows_of(file, partial(feed, parser), reading.plain, reading.taken)
                parser.Parse(b"", True)
                yield from reading.taken()
        except (BadZipFile, OSError, KeyError, ValueError, IndexError, expat.ExpatError) as error:
            raise NotAWorkbook from error

    def _sheets(self) -> tuple[dict[str, str], datetime]:
        """Title → where it lies, in their order; and the day that numbers are counted from."""
        found: dict[str, str] = {}
        links: dict[str, str] = {}
        counted_from = [datetime(1899, 12, 30)]  # noqa: DTZ001  a spreadsheet knows no zones

        def link(name: str, given: Attributes) -> None:
            if name == "Relationship":
                links[given["Id"]] = posixpath.normpath(posixpath.join("xl", given["Target"])).lstrip("/")

        def sheet(name: str, given: Attributes) -> None:
            if name == "sheet":
                found[given["name"]] = next(value for key, value in given.items() if key.endswith(":id"))
                if given.get("state", "visible") != "visible":
                    self.hidden.add(given["name"])
            elif name == "workbookPr" and given.get("date1904") in ("1", "true"):
                counted_from[0] = datetime(1904, 1, 1)  # noqa: DTZ001

        self._read("xl/_rels/workbook.xml.rels", link)
        self._read("xl/workbook.xml", sheet)
        return {title: links[key].replace("xl/xl/", "xl/") for title, key in found.items()}, counted_from[0]

    def _day_styles(self) -> frozenset[str]:
        """The styles whose numbers are days."""
        own: set[int] = set()
        styles: list[int] = []
        inside = [False]

        def start(name: str, given: Attributes) -> None:
            if name == "numFmt" and re.search(r"[ymdhs]", ASIDE.sub("", given["formatCode"].lower().split(";")[0])):
                own.add(int(given["numFmtId"]))
            elif name == "cellXfs":
                inside[0] = True
            elif name == "xf" and inside[0]:
                styles.append(int(given.get("numFmtId", "0")))
            elif name == "cellStyles":
                inside[0] = False

        if "xl/styles.xml" in self.zip.namelist():
            self._read("xl/styles.xml", start)
        days = BUILT_IN_DAYS | own
        return frozenset(str(place) for place, number in enumerate(styles) if number in days)

    def _shared_texts(self) -> list[str]:
        texts: list[str] = []
        parts: list[str] = []
        state = {"text": False, "reading aid": False}

        def start(name: str, given: Attributes) -> None:
            if name == "si":
                parts.clear()
            elif name == "rPh":
                state["reading aid"] = True
            state["text"] = name == "t" and not state["reading aid"]

        def end(name: str) -> None:
            if name == "si":
                texts.append("".join(parts))
            elif name == "rPh":
                state["reading aid"] = False
            state["text"] = False

        def text(words: str) -> None:
            if state["text"]:
                parts.append(words)

        if "xl/sharedStrings.xml" in self.zip.namelist():
            self._read("xl/sharedStrings.xml", start, end, text)
        return texts

    def _read(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] = lambda name: None,
        text: Callable[[str], None] = lambda words: None,
    ) -> None:
        with self.zip.open(name) as file:
            parser = parser_of(start, end, text)
            while block := file.read(BLOCK):
                parser.Parse(block, False)
            parser.Parse(b"", True)


class Rows:
    """What the parser tells of a sheet, put together to rows."""

    def __init__(self, texts: list[str], days: frozenset[str], epoch: datetime) -> None:
        self.texts, self.days, self.epoch = texts, days, epoch
        self.done: list[tuple[int, list[object]]] = []
        self.cells: list[object] = []
        self.parts: list[str] = []
        self.number, self.kind, self.style, self.place = 0, "", "", 0
        self.is_value = self.is_aid = False

    def taken(self) -> list[tuple[int, list[object]]]:
        done, self.done = self.done, []
        return done

    def start(self, name: str, given: Attributes) -> None:
        if name == "c":
            self.kind, self.style = given.get("t", "n"), given.get("s", "")
            self.place = column_of(given["r"]) if "r" in given else len(self.cells)
            self.parts = []
        elif name in ("v", "t"):
            self.is_value = not self.is_aid
        elif name == "rPh":
            self.is_aid = True
        elif name == "row":
            self.number = int(given["r"]) if "r" in given else self.number + 1
            self.cells = []

    def text(self, words: str) -> None:
        if self.is_value:
            self.parts.append(words)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.is_value = False
        elif name == "rPh":
            self.is_aid = False
        elif name == "c":
            cells, place = self.cells, self.place
            if place > len(cells):
                cells.extend([""] * (place - len(cells)))
            cells.append(self.value("".join(self.parts), self.kind, self.style))
        elif name == "row" and self.cells:
            self.done.append((self.number, self.cells))
            self.cells = []

    def plain(self, number: int | None, written: list[Written]) -> None:
        """A row that was no work for the parser; the same as it would have made of it."""
        self.number = self.number + 1 if number is None else number
        cells: list[object] = []
        texts, value, add = self.texts, self.value, cells.append
        for column, style, kind, said, text in written:
            place = _columns.get(column)
            if place is None:
                place = column_of(column)
            if place > len(cells):
                cells.extend([""] * (place - len(cells)))
            if kind == "s":
                add(texts[int(said or text)] if said or text else "")
            else:
                add(value(said or text, kind or "n", style))
        if cells:
            self.done.append((self.number, cells))

    def value(self, written: str, kind: str, style: str) -> object:
        if kind == "s":
            return self.texts[int(written)] if written else ""
        if kind == "n":
            if not written:
                return ""
            number = float(written)
            return self.day(number) if style in self.days else number
        if kind == "b":
            return written == "1"
        return written

    def day(self, number: float) -> object:
        at = self.epoch + timedelta(days=int(number), seconds=round(number % 1 * 86_400))
        if number < 1:
            return at.time()
        return date(at.year, at.month, at.day) if number == int(number) else at


def feed(parser: expat.XMLParserType, block: bytes) -> None:
    parser.Parse(block, False)


def parser_of(
    start: Callable[[str, Attributes], None], end: Callable[[str], None], text: Callable[[str], None]
) -> expat.XMLParserType:
    """Names without their prefix. Nothing that would grow when it is read: no entities of one's own."""

    def refuse(*told: object) -> None:
        raise NotAWorkbook

    def begin(name: str, given: Attributes) -> None:
        start(name.rpartition(":")[2] if ":" in name else name, given)

    def finish(name: str) -> None:
        end(name.rpartition(":")[2] if ":" in name else name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, finish, text
    parser.EntityDeclHandler = refuse
    return parser


_columns: dict[str, int] = {}


def column_of(reference: str) -> int:
    """AB12 → 27."""
    letters = reference.rstrip("0123456789")
    found = _columns.get(letters)
    if found is None:
        found = 0
        for letter in letters:
            found = found * 26 + ord(letter) - 64
        _columns[letters] = found = found - 1
    return found
