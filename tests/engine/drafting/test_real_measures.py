"""The measures of the eight real documents: every drafted term was judged by hand, and nothing else is drafted."""

from __future__ import annotations

import pytest

from guiyan.engine.documents import ParsedMeasure
from guiyan.engine.drafting import DraftRule, draft_measure
from guiyan.engine.rules import parse, print_expr
from tests.engine.documents.real_documents import NAMES, parsed
from tests.engine.drafting.gold import GOLD, Judged
from tests.engine.drafting.reading_words import as_line, as_lines, pack


def drafts(name: str) -> list[tuple[ParsedMeasure, DraftRule]]:
    document = parsed(name)
    return [(one, draft_measure(one, document.text, pack().lexicon)) for one in document.measures]


@pytest.mark.parametrize("judged", GOLD, ids=lambda one: f"{one.document}:{one.title}:{one.receiver}")
def test_the_draft_of_a_real_measure_is_what_a_reader_makes_of_it(judged: Judged) -> None:
    found = [
        draft
        for measure, draft in drafts(judged.document)
        if measure.title.startswith(judged.title) and measure.beneficiary == judged.receiver
    ]
    assert found
    assert all(sorted(as_lines(draft)) == sorted(judged.lines) for draft in found)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drafted_that_was_not_judged(name: str) -> None:
    judged = {line for one in GOLD if one.document == name for line in one.lines}
    drafted = {as_line(term) for _, draft in drafts(name) for term in draft.drafted}
    assert drafted <= judged


@pytest.mark.parametrize("name", NAMES)
def test_every_term_stands_in_the_document_where_it_says(name: str) -> None:
    text = parsed(name).text
    for _, draft in drafts(name):
        for term in draft.terms:
            assert term.span is not None
            start, end = term.span
            assert "".join(text[start:end].split()) == "".join(term.words.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_draft_reads_back_as_the_same_rule(name: str) -> None:
    for _, draft in drafts(name):
        for tree in [term.tree for term in draft.drafted] + ([draft.tree] if draft.tree else []):
            assert tree is not None
            assert parse(print_expr(tree)) == tree
