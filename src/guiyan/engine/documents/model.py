"""What the reader finds in a document: frozen, typed, every item with its span in `ParsedDocument.text`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guiyan.engine.documents.view import Span

SURE = 0.9
"""At or above this confidence a reading may be accepted beforehand; 99 in 100 of those must be right."""


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The words of a file, line by line. Every span counts characters of `text`."""

    text: str
    source_file: str


@dataclass(frozen=True, slots=True)
class IssuingFacts:
    """Who issued the document, when and how. None means: the document does not say (文号未载明)."""

    title: str
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    publicity: str | None = None
    valid_until: date | None = None
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan of a file; a file may hold several."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading and the text under it. `level` counts from 1; `path` ends with its own heading."""

    level: int
    number: str
    heading: str
    span: Span
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedTask:
    """One explicit statement of responsibility. `unit_span` is that statement."""

    no: int
    section_path: tuple[str, ...]
    title: str
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    span: Span
    unit_span: Span
    confidence: float
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedIndicator:
    """A promised figure. `period`: per_year, by:YYYY, cumulative or None; `value` None if redacted.

    witnesses: why it is taken for a promise, by the names of `evidence`.
    """

    name: str
    comparator: str
    value: Decimal | None
    unit: str
    kind: str
    span: Span
    value_max: Decimal | None = None
    period: str | None = None
    parent: str | None = None
    deadline: int | None = None
    approx: bool = False
    redacted: bool = False
    scope: str | None = None
    horizon: str | None = None
    confidence: float = 0.9
    section_path: tuple[str, ...] = ()
    plan: str | None = None
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedMeasure:
    """A benefit with its amount or rate, and what the document demands for it. Money in yuan."""

    title: str
    kind: str
    amount_max: Decimal | None
    amount_min: Decimal | None
    rate: Decimal | None
    unit: str
    beneficiary: str | None
    span: Span
    conditions: tuple[str, ...] = ()
    open_conditions: tuple[str, ...] = ()
    strength: str = "shall"
    cap_total: Decimal | None = None
    per: str | None = None
    pool: bool = False
    redacted: bool = False
    tier: str | None = None
    confidence: float = 0.9
    section_path: tuple[str, ...] = ()
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything read from one document. Spans are offsets into `text`."""

    doc_id: str
    source_file: str
    title: str
    text: str
    issuing: IssuingFacts
    plans: tuple[Plan, ...]
    outline: tuple[Section, ...]
    tasks: tuple[ParsedTask, ...]
    indicators: tuple[ParsedIndicator, ...]
    measures: tuple[ParsedMeasure, ...]
    lead_rule: str | None = None
    implied_units: tuple[str, ...] = ()
    role_labels: tuple[tuple[str, str], ...] = ()
