"""What is wrong with a draft, what it means and what it changes: the pack's own checks, on the pack as it would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from guiyan.engine.rules import CompiledMeasure, PlacedRuleError, compile_measure
from guiyan.engine.rules.errors import Path
from guiyan.engine.rules.reach import out_of_reach
from guiyan.kernel import calendar, releases
from guiyan.packs import Pack
from guiyan.packs.checks import check_pack
from guiyan.packs.reading import Fault, Faults
from guiyan.policies import states
from guiyan.policies.fault_words import in_chinese
from guiyan.policies.models import RuleProposal
from guiyan.policies.queries.differences import Difference, differences
from guiyan.policies.queries.drafted import Draft, Read, read_draft
from guiyan.policies.queries.outcomes import CaseOutcome, outcome_of
from guiyan.policies.queries.timing import timing_faults


@dataclass(frozen=True)
class RuleProblem:
    """path: where in the measure, or in `cases`; words: what is wrong there."""

    path: Path
    words: str

    @property
    def place(self) -> str:
        """versions[1].conditions.age.when"""
        text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return text.removeprefix(".")


@dataclass(frozen=True)
class ConditionWords:
    """One condition of a version as a sentence; what the measure makes of itself (once, decisions) included."""

    version: int
    condition: str
    label: str
    sentence: str
    written: bool


@dataclass(frozen=True)
class Affected:
    """A golden case of another measure that no longer holds."""

    measure_id: str
    title: str
    words: str


@dataclass
class Checked:
    """problems keep it from being put up; warnings do not. measure: None where it can't be read or compiled."""

    draft: Draft
    read: Read | None = None
    problems: list[RuleProblem] = field(default_factory=list)
    warnings: list[RuleProblem] = field(default_factory=list)
    measure: CompiledMeasure | None = None
    sentences: list[ConditionWords] = field(default_factory=list)
    cases: list[CaseOutcome] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    affected: list[Affected] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        """Whether it may be put up and agreed to."""
        return not self.problems and not self.affected and all(case.holds for case in self.cases)

    @property
    def pack(self) -> Pack:
        """The pack as it would be. Raises ValueError where the measure can't be read."""
        if self.read is None:
            raise ValueError("the measure can't be read")
        return self.read.put_into(self.draft.base)

    def tell(self, path: Path, words: str) -> None:
        self.problems.append(RuleProblem(path, words))


def checked(proposal: RuleProposal, *, content: Any = None, cases: Any = None, item_like: str | None = None) -> Checked:
    """The proposal as it stands, or with what is typed now and not yet saved.

    An open one is held against the release in force; one that is decided against the release it was made on.
    """
    is_open = proposal.state in states.OPEN
    draft = Draft(
        proposal.measure_id,
        proposal.is_new,
        proposal.item_like if item_like is None else item_like,
        proposal.content if content is None else content,
        proposal.cases if cases is None else cases,
        releases.current() if is_open else releases.release(proposal.base_release),
        proposal.plan_link,
    )
    found = check_draft(draft, today=day_of(proposal))
    if proposal.is_new and not (proposal.document_id and proposal.quote.strip()):
        found.tell(("clause",), "新措施要写明依据：选一份文件，摘出写了这项措施的原文。")
    if proposal.document_ended_at is not None and is_open:
        found.tell(("clause",), f"依据的文件{calendar.long_day(proposal.document_ended_at)}起不再执行，请换一份。")
    return found


def day_of(proposal: RuleProposal) -> dt.date:
    decided = proposal.decided_at if proposal.state not in states.OPEN else None
    return decided.date() if decided is not None else calendar.today()


def check_draft(draft: Draft, *, today: dt.date) -> Checked:
    found = Checked(draft)
    found.read = read = read_draft(draft, found.tell)
    if read is None:
        return found
    before = draft.base.measures.get(draft.measure_id)
    for path, words in timing_faults(before, read.measure, draft.is_new, read.cases, today):
        found.tell(path, words)
    pack = found.pack
    faults = Faults()
    check_pack(pack, faults)
    for fault in faults.placed:
        sort(fault, found, pack)
    compiled(found, pack)
    found.differences = list(differences(before, found.measure, read.measure, pack))
    return found


def sort(fault: Fault, found: Checked, pack: Pack) -> None:
    """A fault of the pack as it would be: of this measure, of its cases, or of another measure's case."""
    own, words = found.draft.measure_id, in_chinese(fault.message)
    if fault.kind == "examples":
        case = pack.examples[int(fault.name)]
        if case.measure != own:
            title = pack.measures[case.measure].title if case.measure in pack.measures else case.measure
            found.affected.append(Affected(case.measure, title, f"“{case.title}”：{words}"))
    elif fault.kind == "measures" and fault.name == own:
        found.tell(fault.path, words)
    elif fault.kind == "items" and fault.name == own:
        found.tell(("item",), f"办理的事项：{words}")
    else:
        found.tell((), f"{fault.name}：{words}")


def compiled(found: Checked, pack: Pack) -> None:
    """The measure made ready with its sentences, its golden cases run, and what nobody can meet."""
    read = found.read
    assert read is not None
    try:
        measure = compile_measure(read.measure, pack.catalogue, pack.stacking)
    except PlacedRuleError:
        return  # the checks have said why
    found.measure = measure
    found.sentences = list(sentences(measure))
    found.cases = [outcome_of(case, place, measure) for case, place in zip(read.cases, read.places, strict=True)]
    found.warnings = [RuleProblem(path, in_chinese(words)) for path, words in out_of_reach(measure)]


def sentences(measure: CompiledMeasure) -> Iterator[ConditionWords]:
    for place, version in enumerate(measure.versions):
        for condition in version.conditions:
            written = condition.id in version.source.conditions
            yield ConditionWords(place, condition.id, condition.label, condition.sentence, written)


def problems_in_words(found: Checked) -> str:
    """The first few things that are wrong, for a refusal."""
    words = [problem.words for problem in found.problems]
    words += [f"标准案例“{case.title}”：{case.why}" for case in found.cases if not case.holds]
    words += [f"{one.title}的标准案例{one.words}" for one in found.affected]
    return several(words)


def several(words: Sequence[str], most: int = 3) -> str:
    more = f" 另外还有{len(words) - most}处。" if len(words) > most else ""
    return " ".join(words[:most]) + more
