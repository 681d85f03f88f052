"""The document reader: a Chinese policy document in, outline, tasks, targets and measures out, each with its span.

Deterministic, offline, no model. Start with `parse_file`; read `parse.py` for the order of the steps.
"""

from guiyan.engine.documents.as_json import document_as_json
from guiyan.engine.documents.comparing.changes import Difference, compare
from guiyan.engine.documents.comparing.clauses import Clause
from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.files.reading import read_text
from guiyan.engine.documents.files.refusals import READ as SUFFIXES
from guiyan.engine.documents.model import (
    SURE,
    ExtractedText,
    IssuingFacts,
    ParsedDocument,
    ParsedIndicator,
    ParsedMeasure,
    ParsedTask,
    Plan,
    Section,
)
from guiyan.engine.documents.parse import parse_file, parse_text

__all__ = [
    "SUFFIXES",
    "SURE",
    "Clause",
    "Difference",
    "DocumentRefused",
    "ExtractedText",
    "IssuingFacts",
    "ParsedDocument",
    "ParsedIndicator",
    "ParsedMeasure",
    "ParsedTask",
    "Plan",
    "Section",
    "compare",
    "document_as_json",
    "parse_file",
    "parse_text",
    "read_text",
]
