"""Which declared measure or indicator a reading probably is. A suggestion only: an officer confirms it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from guiyan.engine.documents import ParsedIndicator, ParsedMeasure
from guiyan.packs import Measure, Pack
from guiyan.packs.amounts import declared_amounts_yuan, declares_range

NUMBER = re.compile(
    r"\s*(第[一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十百]+、|\([一二三四五六七八九十百\d]+\)|\d+[.、])"
)

READ_AS = {"waiver": "other", "card": "service"}  # what the reader calls a kind that it does not tell apart


def suggest_measure(pack: Pack, doc_id: str, read: ParsedMeasure) -> str:
    """The pack measure of this document and section that gives the same, by the liker title where several do, or ""."""
    there = [measure for measure in pack.measures.values() if _at_clause(pack, measure, doc_id, read)]
    scores = sorted(((_fit(measure, read), measure.id) for measure in there), reverse=True)
    if not scores or scores[0][0] < 0.8 or (len(scores) > 1 and scores[1][0] == scores[0][0]):
        return ""
    return scores[0][1]


def _fit(measure: Measure, read: ParsedMeasure) -> float:
    """Likeness of the titles, with 0.8 for exactly the same amounts, 0.5 for one of them, 0.3 for the same kind."""
    same = 0.8 * declares_range(measure, read.amount_min, read.amount_max)
    one = 0.5 * (read.amount_max is not None and read.amount_max in declared_amounts_yuan(measure))
    kind = 0.3 * (read.kind in {READ_AS.get(v.benefit.kind, v.benefit.kind) for v in measure.versions})
    return likeness(measure.title, read.title) + max(same, one) + kind


def _at_clause(pack: Pack, measure: Measure, doc_id: str, read: ParsedMeasure) -> bool:
    """Whether the reading stands in the plan and section that the measure names."""
    clause = measure.clause
    plan = pack.plans.get(clause.plan)
    same_plan = plan is None or read.plan is None or bare(plan.title) == bare(read.plan)
    return clause.document == doc_id and same_plan and section_code(read.section_path) == clause.section


def section_code(path: Sequence[str]) -> str:
    """The numbers of a path, as people cite it: 二、出政策 › (七)实施创业扶持政策 -> 二(七)."""
    found = []
    for heading in path:
        number = NUMBER.match(unicodedata.normalize("NFKC", heading))
        if number:
            found.append(number.group(1).rstrip("、."))
    return "".join(found)


def bare(title: str) -> str:
    return re.sub(r"\W+", "", title)


def suggest_definition(pack: Pack, doc_id: str, read: ParsedIndicator) -> str:
    """The pack indicator of this document with the same value, unit and a like name, or ""."""
    best, best_score = "", 0.0
    for known in pack.indicators.values():
        plan = pack.plans.get(known.plan)
        if plan is None or plan.document != doc_id or known.target != read.value:
            continue
        score = max(likeness(known.title, read.name), likeness(known.title, (read.parent or "") + read.name))
        if score > best_score and score >= 0.3:
            best, best_score = known.id, score
    return best


def likeness(a: str, b: str) -> float:
    """Share of common character pairs, 0 to 1; 1 when one contains the other."""
    if a and b and (a in b or b in a):
        return 1.0
    left, right = ({x[i : i + 2] for i in range(len(x) - 1)} for x in (a, b))
    return len(left & right) / len(left | right) if left | right else 0.0
