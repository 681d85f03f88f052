"""Rows of a sheet as spreadsheets write them, read by two regular expressions at a third of what a parser of XML costs.

A row is taken only if it is nothing but such cells from end to end. Every other, and all that stands around the rows,
goes to the parser: it says what is well formed and what a cell means, and the tests hold that both read the same.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from typing import IO

BLOCK = 1 << 18
LONGEST_HEAD, LONGEST_ROW = 1 << 18, 1 << 23
HEAD_END = b"<sheetData>"
# What may stand in an element without meaning something else: no markup, no entity, no line end that XML would change.
TEXT = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
CELL = (
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?'
    rf"(?:/>|>(?:<f>{TEXT}</f>)?(?:<v>({TEXT})</v>|<is><t(?: xml:space=\"preserve\")?>({TEXT})</t></is>)?</c>)"
)
CELLS = re.compile(CELL)
NUMBER = re.compile(r' r="(\d+)"')
ROW = re.compile(
    rf'\s*<row((?: [\w:.-]+="[^"<>&]*")*+)>((?:{re.sub(r"[(](?![?])", "(?:", CELL)})*+)</row>'  # without groups
)
Written = tuple[str, str, str, str, str]  # column, style, kind, value, text in the cell itself
Row = tuple[int, list[object]]


def rows_of(
    file: IO[bytes],
    parse: Callable[[bytes], None],
    plain: Callable[[int | None, list[Written]], None],
    taken: Callable[[], list[Row]],
) -> Iterator[Row]:
    """The rows in their order. parse: gets whatever is no plain row; plain: gets the others; taken: the rows so far."""
    block = file.read(BLOCK)
    while HEAD_END not in block and len(block) < LONGEST_HEAD and (more := file.read(BLOCK)):
        block += more
    head, found, _ = block.partition(HEAD_END)
    if found and is_simple(head):
        parse(head + found)
        decoder = getincrementaldecoder("utf-8")()
        held, quick = decoder.decode(block[len(head) + len(found) :]), True
        while quick:
            held, quick = take_plain(held, parse, plain)
            yield from taken()
            more = file.read(BLOCK) if quick else b""
            held += decoder.decode(more)
            quick = bool(more) and len(held) < LONGEST_ROW
        # With what was read of a sign that the block ended in the middle of.
        block = held.encode() + decoder.getstate()[0] or file.read(BLOCK)
    while block:
        parse(block)
        yield from taken()
        block = file.read(BLOCK)


def is_simple(head: bytes) -> bool:
    """UTF-8, and no comment, document type or instruction in which something could only look like rows."""
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*\?>", head)
    rest = head[declared.end() :] if declared else head
    encoding = re.search(rb"encoding=[\"']([^\"']+)", declared.group()) if declared else None
    return b"<!" not in rest and b"<?" not in rest and (encoding is None or encoding.group(1).lower() == b"utf-8")


def take_plain(
    held: str, parse: Callable[[bytes], None], plain: Callable[[int | None, list[Written]], None]
) -> tuple[str, bool]:
    """Take all whole rows at the beginning of `held`. What is left of it, and whether plain rows may follow."""
    place = 0
    while True:
        row = ROW.match(held, place)
        if row is not None:
            number = NUMBER.search(row.group(1))
            plain(int(number.group(1)) if number else None, CELLS.findall(row.group(2)))
            place = row.end()
            continue
        end = held.find("</row>", place)
        if end < 0 or not held[place:end].lstrip().startswith("<row"):
            rest = held[place:]
            begun = rest.lstrip()[:4]
            return rest, end < 0 and "<row".startswith(begun)
        other, place = held[place : end + 6], end + 6
        parse(other.encode())
        if "<!" in other or "<?" in other:
            return held[place:], False
