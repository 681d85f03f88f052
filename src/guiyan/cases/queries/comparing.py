"""Reading comparisons: lists and hits, what changed since the one before, and whether a batch may go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.accounts.permissions import visible
from guiyan.cases import declared
from guiyan.cases.models import Batch, BatchLine, Case, ComparisonHit, ComparisonRun, ComparisonRunList
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import short_day
from guiyan.kernel.errors import NotFound
from guiyan.registers import queries as registers

MOST_OPINIONS = 40
NOT_COMPARED = "还没有和名单比对，请先比对"


@dataclass(frozen=True)
class RunPage:
    """A comparison as its page shows it. gone: hits of the comparison before that are no more."""

    run: ComparisonRun
    lists: list[ComparisonRunList]
    hits: list[ComparisonHit]
    gone: list[ComparisonHit]
    removed: frozenset[int]  # cases that have left the batch since

    @property
    def settled(self) -> dict[str, int]:
        """List → how many of its hits have an opinion."""
        counts = {one.list_id: 0 for one in self.lists}
        for hit in self.hits:
            counts[hit.list_id] += bool(hit.verdict)
        return counts

    @property
    def found(self) -> dict[str, int]:
        """List → how many were found on it or could not be compared with it."""
        counts = {one.list_id: 0 for one in self.lists}
        for hit in self.hits:
            counts[hit.list_id] += 1
        return counts

    @property
    def open_count(self) -> int:
        """How many hits the signature waits for."""
        return sum(hit.must_settle and hit.case_id not in self.removed for hit in self.hits)


def run_by_id(actor: Actor, run_id: int) -> ComparisonRun:
    """One comparison, for whoever may see the batches of its place."""
    rows = ComparisonRun.objects.select_related("unit", "batch", "previous")
    run = visible(actor, "case.view", rows, subject=None).filter(pk=run_id).first()
    if run is None:
        raise NotFound("没有找到这次比对，可能不在您的办理范围内。")
    return run


def latest_run(batch: Batch) -> ComparisonRun | None:
    return ComparisonRun.objects.filter(batch=batch).order_by("-pk").first()


def hit_by_id(run: ComparisonRun, hit_id: int) -> ComparisonHit:
    """One hit of a comparison that the caller was allowed to see."""
    hit = ComparisonHit.objects.select_related("run", "run__batch", "case").filter(run=run, pk=hit_id).first()
    if hit is None:
        raise NotFound
    return hit


def settled_hits(case: Case) -> list[ComparisonHit]:
    """What officers said of the case's hits, newest first, for whoever was allowed to see the case."""
    return list(ComparisonHit.objects.filter(case=case).exclude(verdict="").order_by("-pk")[:MOST_OPINIONS])


def run_page(run: ComparisonRun) -> RunPage:
    """Everything about one comparison, in a fixed number of queries."""
    lists = list(ComparisonRunList.objects.filter(run=run).order_by("place"))
    hits = list(ComparisonHit.objects.filter(run=run).select_related("case").order_by("line_no", "pk"))
    gone: list[ComparisonHit] = []
    if run.previous_id is not None:
        marks = {hit.fingerprint for hit in hits}
        before = ComparisonHit.objects.filter(run=run.previous_id).select_related("case").order_by("line_no", "pk")
        gone = [hit for hit in before if hit.fingerprint not in marks]
    return RunPage(run, lists, hits, gone, removed_from(run))


def removed_from(run: ComparisonRun) -> frozenset[int]:
    if run.batch_id is None:
        return frozenset()
    lines = BatchLine.objects.filter(batch=run.batch_id).exclude(removed_at=None)
    return frozenset(lines.values_list("case_id", flat=True))


def why_not_settled(batch: Batch) -> str:
    """Why a batch may be neither rechecked nor signed as far as lists go; empty when it may.

    Fails closed: lists that were never brought in, are too old or have been changed since, hits without an opinion.
    """
    wanted = [name for name in declared.item_of(batch).comparisons if name in declared.pack_of(batch).lists]
    if not wanted:
        return ""
    run = latest_run(batch)
    if run is None:
        return NOT_COMPARED
    lists = list(ComparisonRunList.objects.filter(run=run).order_by("place"))
    hits = ComparisonHit.objects.filter(run=run, effect="block").exclude(case_id__in=removed_from(run))
    return why_lists_hold(lists, wanted) or why_hits_hold(list(hits))


def why_lists_hold(lists: Sequence[ComparisonRunList], wanted: Sequence[str]) -> str:
    issues, today = registers.issues_in_force(wanted), calendar.today()
    known = {one.list_id: one for one in lists}
    for name in wanted:
        one = known.get(name)
        if one is None:
            return NOT_COMPARED
        if one.required and one.is_missing and not (set(one.issues) ^ {issue.pk for issue in issues[name]}):
            return f"“{one.title}”还没有导入，请先导入再重新比对"
        if set(one.issues) != {issue.pk for issue in issues[name]}:
            return f"“{one.title}”换过了，请重新比对"
        if one.required and one.due_on is not None and one.due_on < today:
            return f"“{one.title}”已经过期（{short_day(one.due_on)}到期），请先换新的再重新比对"
    return ""


def why_hits_hold(hits: Sequence[ComparisonHit]) -> str:
    waiting = sum(not hit.verdict for hit in hits)
    if waiting:
        return f"还有{waiting}条比对结果没有处理，请先处理"
    true = [hit for hit in hits if hit.verdict == "true"]
    return f"{len(true)}条已认定真命中的还在本批里，请先移出" if true else ""
