"""Text cut at a fixed width is read like the text in whole paragraphs."""

from __future__ import annotations

import pytest

from guiyan.engine.documents import ParsedDocument, parse_text
from tests.engine.documents.real_documents import document_path, parsed
from tests.engine.documents.test_spans import check

WRAPPED = tuple(
    (name, width, indent)
    for name in ("xianning-2025-homecoming", "wuhan-2015-city-partners", "zhengzhou-opc-community")
    for width, indent in ((40, ""), (34, "\u3000\u3000"))
)


def cut(text: str, width: int, indent: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        rest = indent + line.strip() if line.strip() else ""
        while len(rest) > width:
            lines.append(rest[:width])
            rest = rest[width:]
        lines.append(rest)
    return "\n".join(lines)


def told(document: ParsedDocument) -> tuple[object, ...]:
    """What a document says, whatever its lines."""
    return (
        [(task.section_path, task.lead_units, task.responsible_units) for task in document.tasks],
        [(item.name, item.value, item.unit, item.period) for item in document.indicators],
        [(item.kind, item.amount_max, item.rate) for item in document.measures],
        [plan.title for plan in document.plans],
    )


@pytest.mark.parametrize(("name", "width", "indent"), WRAPPED)
def test_a_document_cut_into_lines_says_the_same(name: str, width: int, indent: str) -> None:
    wrapped = parse_text(cut(document_path(name).read_text("utf-8"), width, indent))
    check(wrapped)
    assert told(wrapped) == told(parsed(name))
