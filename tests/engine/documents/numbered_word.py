"""A text as a Word file whose numbers Word counts itself: a list for each form of number, restarted where it restarts.

Knows nothing of the reader: a line that opens with 一、 (一) 1. or 第一条 becomes a list paragraph of that form.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_OPENING = re.compile(
    r"(第|[（(])?([一二三四五六七八九十]{1,3}|\d{1,2})(条[\u3000 ]?|章[\u3000 ]?|[、.．]|[）)])(?!\d)"
)
_DIGITS = "一二三四五六七八九"


def counted(word: str) -> int:
    """十二 → 12."""
    if word.isdigit():
        return int(word)
    tens, mark, ones = word.rpartition("十")
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 * bool(mark) + (_DIGITS.index(ones) + 1 if ones else 0)


@dataclass
class _List:
    """A form of number: its counter, the list that counts now, and how far it has come."""

    counter: int
    list_id: int
    reached: int


class _Lists:
    """The lists of the file: one for each form, and one more for each place where it begins anew."""

    def __init__(self, document: Any) -> None:
        self.root = document.part.numbering_part.element
        self.anchor = self.root.find("{*}num")
        self.forms: dict[tuple[str, str], _List] = {}
        self.last_id = 200

    def place(self, words: str, number: int, kind: str) -> int:
        """The id of the list for a paragraph of this form with this number."""
        form = self.forms.setdefault((words, kind), _List(0, 0, -1))
        form.counter = form.counter or self._counter(words, kind)
        if form.reached + 1 != number:
            form.list_id = self._list(form.counter, number)
        form.reached = number
        return form.list_id

    def _counter(self, words: str, kind: str) -> int:
        self.last_id += 1
        self.anchor.addprevious(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.last_id}"><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{words}"/></w:lvl></w:abstractNum>'
            )
        )
        return self.last_id

    def _list(self, counter: int, start: int) -> int:
        self.last_id += 1
        self.root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self.last_id}"><w:abstractNumId w:val="{counter}"/>'
                f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            )
        )
        return self.last_id


def numbered_word_of(lines: list[str]) -> bytes:
    """The lines with their opening numbers taken out of the words and left to Word."""
    document = Document()
    lists = _Lists(document)
    for line in lines:
        opening = _OPENING.match(line)
        if opening is None:
            document.add_paragraph(line)
            continue
        paragraph = document.add_paragraph(line[opening.end() :])
        form = f"{opening[1] or ''}%1{opening[3]}"
        kind = "decimal" if opening[2].isdigit() else "chineseCounting"
        list_id = lists.place(form, counted(opening[2]), kind)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>')
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
