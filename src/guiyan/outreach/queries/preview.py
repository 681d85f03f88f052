"""What a run would ask, before it is started: how many people, by which conditions, and what registers do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guiyan.kernel import releases
from guiyan.kernel.regions import subtree
from guiyan.outreach.wording import amount_words
from guiyan.packs import Pack
from guiyan.policies import queries as policies
from guiyan.registers import queries as registers


@dataclass(frozen=True)
class Offered:
    """A confirmed measure as an officer chooses it. conditions: in words; none: it fits everybody of its kind."""

    id: str
    title: str
    amount: str
    conditions: Sequence[str]
    open_conditions: Sequence[str]
    facts: Sequence[str]

    @property
    def note(self) -> str:
        """What it is for, on one line."""
        words = "；".join([*self.conditions, *self.open_conditions]) or "文件没有写条件，这一类对象都符合"
        return f"{self.amount}。{words}" if self.amount else words


@dataclass(frozen=True)
class Preview:
    subjects: int
    measures: Sequence[Offered]


def offered(kind: str, day: date) -> list[Offered]:
    """Confirmed measures for this kind, as they stand on the day."""
    pack = releases.current()
    return [one_offered(pack, one.measure.id, day) for one in policies.live_measures(kind)]


def one_offered(pack: Pack, measure_id: str, day: date) -> Offered:
    compiled = pack.compiled[measure_id]
    version = compiled.version_on(day) or compiled.versions[0]
    return Offered(
        measure_id,
        compiled.measure.title,
        amount_words(pack, measure_id, day),
        [condition.label for condition in version.conditions],
        compiled.measure.open_conditions,
        [pack.facts[fact].label for fact in version.facts],
    )


def preview(kind: str, measures: Sequence[str], area: int, day: date) -> Preview:
    """measures: ids that were checked. Whether somebody fits is not reckoned here: that is the run."""
    pack = releases.current()
    subjects = registers.count_subjects(kind, subtree(area))
    return Preview(subjects, [one_offered(pack, name, day) for name in measures])
