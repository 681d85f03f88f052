"""Starting a run over an area, and stopping it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts import queries as accounts
from guiyan.accounts.models import Region
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, jobs, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.regions import gaps, parent, span, subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most, visible
from guiyan.kernel.turns import take_turn
from guiyan.outreach import states
from guiyan.outreach.models import Delivery, MatchPiece, MatchRun
from guiyan.outreach.permissions import RUN, areas_of
from guiyan.policies import queries as policies
from guiyan.registers import queries as registers

COMPUTE = "outreach.compute"
"""The job that computes the next piece of a run; `insights.matching` does it, because facts come from all modules."""
FLOW = "match-run"
MOST_MEASURES = 40


@transaction.atomic
def start_run(actor: Actor, *, title: str, kind: str, measures: Sequence[str], area: int, day: date) -> MatchRun:
    """Begin to match confirmed measures of one kind with everybody of an area, by the rules of the release in force.

    The same question by the same officer while it is still computed is a double click, and gives the first run.
    """
    require(actor, RUN)
    place = next((one for one in areas_of(actor) if one.code == area), None)
    if place is None:
        raise NotFound("没有这个地区，或者不在您的管辖范围。")
    name = at_most(visible(title), 80, "名称")
    if not name:
        raise Refused("请给这次匹配起个名称，方便以后查找。", "title")
    chosen = checked_measures(kind, measures, day)
    take_turn(f"outreach.start:{actor.user_id}")
    same = MatchRun.objects.filter(started_by_id=actor.user_id, state=states.RUNNING, region=area, day=day, kind=kind)
    asked = same.filter(release=releases.current_id())  # after a change of rules it is another question
    standing = next((run for run in asked if run.measures == chosen), None)
    if standing is not None:
        return standing
    run = MatchRun(title=name, kind=kind, measures=chosen, day=day, region=area)
    run.unit_id, run.started_at = offices.office_of(actor, RUN).unit_id, calendar.now()
    run.started_by_id, run.started_by = actor.user_id, actor.label
    run = workflow.begin(run, FLOW, actor=actor)
    MatchPiece.objects.bulk_create(pieces_of(run, place))
    audit.record(actor, "outreach.start", run.ref, region=area, detail={"measures": len(chosen), "kind": kind})
    ask_for_computing(run)
    return run


def checked_measures(kind: str, measures: Sequence[str], day: date) -> list[str]:
    """The ids in the order of the library, each in force on the day. Raises Refused, naming what is not."""
    wanted = set(measures)
    if not wanted:
        raise Refused("请至少选一项政策措施。", "measures")
    if len(wanted) > MOST_MEASURES:
        raise Refused(f"一次最多选{MOST_MEASURES}项，现在选了{len(wanted)}项。请分几次匹配。", "measures")
    live = [one.measure.id for one in policies.live_measures(kind)]
    if not wanted <= set(live):
        raise Refused("选中的措施里有没有确认的、已经停用的，或者对象不是这一类的，请重新选。", "measures")
    compiled = releases.current().compiled
    for name in wanted:
        version = compiled[name].version_on(day)
        if version is None or (version.source.valid_to is not None and version.source.valid_to < day):
            raise Refused(f"“{compiled[name].measure.title}”在这一天没有施行，请换一天，或者不选它。", "day")
    return [name for name in live if name in wanted]


def pieces_of(run: MatchRun, place: Region) -> Iterator[MatchPiece]:
    """The counties of the area, and what of it lies in none; a smaller area is one piece."""
    low, high = subtree(place.code)
    counties = [] if place.level != "city" else accounts.regions_within([(low, high)], ("county",))
    parts = [(one.name, subtree(one.code), one.code) for one in counties]
    if not counties:
        parts = [(place.name, (low, high), county_of(place.code))]
    rest = [gap for gap in gaps((low, high), [one[1] for one in parts]) if registers.count_subjects(run.kind, gap)]
    parts += [(f"{place.name}本级", gap, place.code) for gap in rest]
    for number, (name, interval, county) in enumerate(parts):
        subjects = registers.count_subjects(run.kind, interval)
        yield MatchPiece(
            run=run,
            number=number,
            name=name,
            low=interval[0],
            high=interval[1],
            county=county,
            subjects=subjects,
            region=run.region,
        )


def county_of(code: int) -> int:
    """The county that a place lies in; a county and what is above it are themselves."""
    while span(code)[0] in ("village", "township") and (above := parent(code)) is not None:
        code = above
    return code


def ask_for_computing(run: MatchRun) -> None:
    jobs.defer(COMPUTE, one_at_a_time=f"outreach.compute:{run.pk}", run_id=run.pk)


@transaction.atomic
def try_again(actor: Actor, *, run: MatchRun) -> MatchRun:
    """Have a run that stands still for a reason go on at the piece it stands at."""
    require(actor, RUN, run)
    run = locked(run)
    if run.state == states.RUNNING and run.problem:
        run.problem = ""
        run.save(update_fields=["problem"])
        audit.record(actor, "outreach.retry", run.ref, region=run.region)
        ask_for_computing(run)
    return run


@transaction.atomic
def stop_run(actor: Actor, *, run: MatchRun, reason: str) -> MatchRun:
    """Stop it wherever it is. Who was told stays told; what still waits to be sent is not sent."""
    require(actor, RUN, run)
    run = workflow.advance(run, "stop", actor=actor, reason=at_most(reason, 300, "理由"))
    run.stopped_for = reason.strip()
    run.save(update_fields=["stopped_for"])
    with entered(Scope.system()):
        waiting = Delivery.objects.filter(run=run, outcome=states.WAITING)
        waiting.update(outcome=states.SUPPRESSED, reason=states.RUN_STOPPED, done_at=calendar.now())
    audit.record(actor, "outreach.stop", run.ref, region=run.region)
    return run


def locked(run: MatchRun) -> MatchRun:
    row = MatchRun.objects.select_for_update().filter(pk=run.pk).first()
    if row is None:
        raise NotFound
    return row
