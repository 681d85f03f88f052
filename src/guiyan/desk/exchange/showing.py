"""Packages as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.exchange import queries, states
from guiyan.exchange.models import Package
from guiyan.kernel import releases

TONES = {
    states.WAITING: "amber",
    states.REFUSED: "red",
    states.MAKING: "plain",
    states.READY: "green",
    states.SENT: "plain",
    states.FAILED: "red",
    states.CHECKING: "amber",
    states.TAKEN: "green",
    states.DROPPED: "plain",
}


@dataclass(frozen=True)
class Line:
    """standing: one of the exchange's states."""

    package: Package
    label: str
    standing: str

    @property
    def words(self) -> str:
        return states.WORDS[self.standing]

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def is_out(self) -> bool:
        return self.package.direction == states.OUT

    @property
    def note(self) -> str:
        if self.standing == states.REFUSED:
            return self.package.decision_note
        return self.package.failed


def lines_of(packages: Sequence[Package]) -> list[Line]:
    found = queries.standings(packages)
    return [Line(one, label_of(one.register), found[one.pk]) for one in packages]


def label_of(register: str) -> str:
    found = releases.current().registers.get(register)
    return found.label if found else register


def labels_of(registers: Sequence[str]) -> list[str]:
    return [label_of(one) for one in registers]
