"""What the engine found of one piece, taken over in one transaction: a killed job leaves nothing of it behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import SYSTEM
from guiyan.outreach import states
from guiyan.outreach.actions.running import ask_for_computing
from guiyan.outreach.models import CountyCount, MatchPiece, MatchRun, MissingFact
from guiyan.registers.writing import staging

LOAD = """
INSERT INTO outreach_audiencerow (run_id, about_id, measure, amount_fen, region)
SELECT %s, f.about_id, f.measure, f.amount_fen, s.region
FROM pg_temp.outreach_found f JOIN registers_subject s ON s.id = f.about_id
"""


@dataclass(frozen=True)
class Count:
    """Of one measure, or of any (empty). amount_fen: the most they may come to together."""

    measure: str
    yes: int
    unknown: int
    amount_fen: int | None


@dataclass(frozen=True)
class Matched:
    """One piece computed. missing: (measure, fact, of how many). audience: (subject, measure, most fen) of each yes."""

    subjects: int
    counts: Sequence[Count]
    missing: Sequence[tuple[str, str, int]]
    audience: Iterable[tuple[int, str, int | None]]


def next_piece(run_id: int) -> MatchPiece | None:
    """The piece to compute now, its run locked; None when there is nothing to do: all done, stopped, or stuck."""
    run = MatchRun.objects.select_for_update().filter(pk=run_id, state=states.RUNNING, problem="").first()
    if run is None:
        return None
    piece = MatchPiece.objects.filter(run=run, done_at=None).order_by("number").first()
    if piece is None:
        return None
    piece.run = run
    return piece


@transaction.atomic
def take_piece(piece: MatchPiece, matched: Matched) -> MatchRun:
    """Keep what was found, and go on with the next piece; after the last one the run is computed."""
    run = piece.run
    CountyCount.objects.bulk_create(
        CountyCount(
            run=run,
            measure=one.measure,
            county=piece.county,
            yes=one.yes,
            unknown=one.unknown,
            amount_fen=one.amount_fen,
            region=run.region,
        )
        for one in matched.counts
    )
    MissingFact.objects.bulk_create(
        MissingFact(run=run, measure=measure, fact=fact, county=piece.county, people=people, region=run.region)
        for measure, fact, people in matched.missing
    )
    staging.stage(
        "outreach_found", [("about_id", "bigint"), ("measure", "text"), ("amount_fen", "bigint")], matched.audience
    )
    staging.run(LOAD, [run.pk])
    piece.subjects, piece.done_at = matched.subjects, calendar.now()
    piece.save(update_fields=["subjects", "done_at"])
    if MatchPiece.objects.filter(run=run, done_at=None).exists():
        ask_for_computing(run)
        return run
    return finish(run)


def finish(run: MatchRun) -> MatchRun:
    run = workflow.advance(run, "finish", actor=SYSTEM)
    run.subjects = MatchPiece.objects.filter(run=run).aggregate(all=Sum("subjects"))["all"] or 0
    run.people = CountyCount.objects.filter(run=run, measure="").aggregate(all=Sum("yes"))["all"] or 0
    run.computed_at = calendar.now()
    run.save(update_fields=["subjects", "people", "computed_at"])
    audit.record(SYSTEM, "outreach.compute", run.ref, region=run.region, detail={"people": run.people})
    return run


def note_problem(run_id: int, words: str) -> None:
    """Remember why a run stands still; an officer has it go on, or stops it."""
    MatchRun.objects.filter(pk=run_id, state=states.RUNNING).update(problem=words[:400])
