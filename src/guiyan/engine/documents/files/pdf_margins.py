"""Page heads, feet and page numbers: found because they stand outside the text and come again; kept apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from guiyan.engine.documents.files.pdf_lines import Line, Sheet
from guiyan.engine.documents.view import fold

_EDGE = 0.12
_NUMBER = re.compile(r"[-·.~]*(?:第)?(?:\d{1,4}|[ivxlcIVXLC]{1,6})(?:页)?(?:[,/]?(?:共)?\d{1,4}(?:页)?)?[-·.~]*")


def without_margins(sheets: list[Sheet]) -> tuple[list[Sheet], str]:
    """The pages without what runs along their edges, and those words (for markings)."""
    seen = Counter(key for sheet in sheets for key in {_key(line) for line in sheet.lines if _at_edge(sheet, line)})
    often = {key for key, count in seen.items() if count >= 2 and count * 2 >= len(sheets)}
    kept: list[Sheet] = []
    dropped: list[str] = []
    for sheet in sheets:
        margin = {line for line in sheet.lines if _at_edge(sheet, line) and (_key(line) in often or _is_number(line))}
        dropped += [line.words for line in sheet.lines if line in margin]
        kept.append(replace(sheet, lines=tuple(line for line in sheet.lines if line not in margin)))
    return kept, "\n".join(dropped)


def _at_edge(sheet: Sheet, line: Line) -> bool:
    """Above or below everything else of the page but other such lines, near its edge."""
    return line.bottom > sheet.height * (1 - _EDGE) or line.top < sheet.height * _EDGE


def _packed(line: Line) -> str:
    return "".join(fold(line.words).split())


def _key(line: Line) -> str:
    """The line with its numbers made alike: 第3页 and 第4页 are one; pages left and right are told apart by place."""
    return f"{re.sub(r'[0-9]+', '#', _packed(line))}@{round(line.top / 6)}"


def _is_number(line: Line) -> bool:
    return _NUMBER.fullmatch(_packed(line)) is not None
