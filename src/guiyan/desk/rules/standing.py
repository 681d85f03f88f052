"""How each measure's rule stands: in force, drafted, put up, beginning on some day, ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guiyan.desk.rules.wording import given
from guiyan.engine.rules.compiled import CompiledMeasure
from guiyan.packs import Measure, Pack
from guiyan.policies import states
from guiyan.policies.models import RuleProposal

STANDINGS = {
    "proposed": "待审批",
    "draft": "有草稿",
    "coming": "将要施行",
    "in_force": "施行中",
    "not_confirmed": "还没有确认",
    "ended": "已到期",
}
TONES = {
    "proposed": "amber",
    "draft": "blue",
    "coming": "blue",
    "in_force": "green",
    "not_confirmed": "plain",
    "ended": "line",
}


@dataclass(frozen=True)
class RuleRow:
    """One measure in the list. standings: every state it is in, the most urgent first; chips: (words, tone).

    opens: the open proposal of it, if any; then the row leads there when it is not in the release yet.
    """

    id: str
    title: str
    kind: str
    gives: str
    standings: tuple[str, ...]
    chips: list[tuple[str, str]]
    since: date | None
    opens: RuleProposal | None
    in_release: bool


def rows_of(pack: Pack, open_ones: Iterable[RuleProposal], confirmed: frozenset[str], today: date) -> list[RuleRow]:
    """Every measure of the release and every new one that is being written, by what is waited for, then by title."""
    waiting: dict[str, RuleProposal] = {}
    for one in open_ones:
        waiting.setdefault(one.measure_id, one)
    rows = [
        measure_row(measure, pack.compiled[measure.id], waiting.get(measure.id), measure.id in confirmed, today)
        for measure in pack.measures.values()
    ]
    rows += [new_row(one) for name, one in waiting.items() if name not in pack.measures]
    order = list(STANDINGS)
    return sorted(rows, key=lambda row: (order.index(row.standings[0]), row.title))


def measure_row(
    measure: Measure, compiled: CompiledMeasure, waiting: RuleProposal | None, is_confirmed: bool, today: date
) -> RuleRow:
    now = compiled.version_on(today)
    coming = [version.source.valid_from for version in compiled.versions if version.source.valid_from > today]
    found: list[tuple[str, str]] = []
    if waiting is not None:
        key = "proposed" if waiting.state == states.PROPOSED else "draft"
        found.append((key, STANDINGS[key] if not waiting.returned else states.RETURNED_LABEL))
    if coming and is_confirmed:
        found.append(("coming", f"{month_day(coming[0])}起{'改' if now else '施行'}"))
    if now is not None:
        key = "ended" if now.ended_on(today) else "in_force" if is_confirmed else "not_confirmed"
        found.append((key, STANDINGS[key]))
    elif not is_confirmed:
        found.append(("not_confirmed", STANDINGS["not_confirmed"]))
    since = now.source.valid_from if now is not None else coming[0] if coming else None
    version = now or compiled.versions[0]
    return RuleRow(
        id=measure.id,
        title=measure.title,
        kind=states.KINDS[measure.kind],
        gives=given(version, measure, compiled.catalogue),
        standings=tuple(key for key, _ in found),
        chips=[(words, TONES[key]) for key, words in found],
        since=since,
        opens=waiting,
        in_release=True,
    )


def new_row(proposal: RuleProposal) -> RuleRow:
    key = "proposed" if proposal.state == states.PROPOSED else "draft"
    return RuleRow(
        id=proposal.measure_id,
        title=proposal.title,
        kind=states.KINDS.get(proposal.kind, ""),
        gives="",
        standings=(key,),
        chips=[(proposal.state_label, proposal.tone), ("新措施", "plain")],
        since=proposal.effective_on,
        opens=proposal,
        in_release=False,
    )


def month_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
