"""From text to a parsed document: paragraphs, then statements, outline, tasks, figures and measures."""

from __future__ import annotations

from guiyan.engine.documents.figures.indicators import indicators_of
from guiyan.engine.documents.figures.passages import passages_of
from guiyan.engine.documents.files.reading import plain_lines, read_text
from guiyan.engine.documents.files.refusals import refuse_if_marked
from guiyan.engine.documents.measures.measures import measures_of
from guiyan.engine.documents.measures.roles import read_sentence
from guiyan.engine.documents.model import ParsedDocument
from guiyan.engine.documents.outline.issuing import issuing_of
from guiyan.engine.documents.outline.looking_back import standpoint_of
from guiyan.engine.documents.outline.outline import build_outline
from guiyan.engine.documents.outline.titles import noticed_title
from guiyan.engine.documents.tasks.lead_rules import implied_units_of, lead_rule_of
from guiyan.engine.documents.tasks.responsibility import statements_in
from guiyan.engine.documents.tasks.statements import Statement, merge_lines
from guiyan.engine.documents.tasks.table_rows import Table
from guiyan.engine.documents.tasks.tables import tables_in
from guiyan.engine.documents.tasks.tasks import tasks_of
from guiyan.engine.documents.view import view_of
from guiyan.engine.documents.wrapping import paragraph_spans


def parse_file(filename: str, content: bytes) -> ParsedDocument:
    """Read and parse one file. Raises DocumentRefused."""
    extracted = read_text(filename, content)
    doc_id = filename.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return parse_text(extracted.text, doc_id=doc_id, source_file=filename)


def parse_text(text: str, *, doc_id: str = "", source_file: str = "") -> ParsedDocument:
    """Parse text already extracted. Raises DocumentRefused if it is marked secret or internal."""
    text = plain_lines(text)
    refuse_if_marked(text)
    views = [view_of(text, *span) for span in paragraph_spans(text)]
    tables = tables_in(text, views)
    in_tables = {i for table in tables for i in table.paragraphs}
    statements = [s for i, view in enumerate(views) if i not in in_tables for s in statements_in(view, i)]
    stops: dict[int, list[int]] = {}
    for each in statements:
        stops.setdefault(each.paragraph, []).append(each.start)
    statements = merge_lines(statements, views)
    outline = build_outline(text, views, stops, in_tables)
    rule, rule_words = lead_rule_of(text, views)
    title = (outline.title.words if outline.title else "") or noticed_title(views)
    issuing = issuing_of(text, views, title)
    standpoint = standpoint_of(views, title, issuing.issued_on.year if issuing.issued_on else None)
    passages = passages_of(text, views, outline, statements, tables, standpoint)
    readings = [read_sentence(each.chars) for each in passages]
    return ParsedDocument(
        doc_id=doc_id,
        source_file=source_file,
        title=title,
        text=text,
        issuing=issuing,
        plans=outline.plans,
        outline=outline.sections,
        tasks=tasks_of(text, outline, statements, tables, rule),
        indicators=indicators_of(text, passages, readings),
        measures=measures_of(text, passages, readings),
        lead_rule=rule_words,
        implied_units=implied_units_of(text, views),
        role_labels=_role_labels(statements, tables),
    )


def _role_labels(statements: list[Statement], tables: list[Table]) -> tuple[tuple[str, str], ...]:
    """The document's own word for the second role, where it is not 责任单位."""
    labels = [label for each in statements for label in each.labels] + [w for table in tables for w in table.labels]
    other = next((word for word in labels if word.startswith(("配合", "协同", "协办", "参与"))), None)
    if other is None:
        return ()
    return (("responsible_units", other if other.endswith(("单位", "部门")) else f"{other}单位"),)
