"""What must be kept of somebody, told by the modules that keep it.

A module above registers declares it in its `queries`, imported by its `ready()`:

    @kept_by("case")
    def cases(subject_ids): ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guiyan.kernel import releases

UNSAID = "依法应当保存"


@dataclass(frozen=True)
class Kept:
    """label, count: 办件, 3. refs: how the audit log names them. must: whether they may not be deleted."""

    label: str
    count: int
    refs: tuple[str, ...] = ()
    must: bool = True
    kind: str = ""

    @property
    def why(self) -> str:
        """By what right it is kept, as the city says it."""
        return releases.current().city.data_rights.keeps.get(self.kind, UNSAID)


Told = Callable[[Sequence[int]], list[Kept]]
_keepers: dict[str, Told] = {}


def kept_by(kind: str) -> Callable[[Told], Told]:
    """Declare what a module keeps of the subjects with these ids; asked in the system's scope."""

    def declare(told: Told) -> Told:
        _keepers[kind] = told
        return told

    return declare


def all_kept(subject_ids: Sequence[int]) -> list[Kept]:
    """Of all modules; what nobody has nothing of is left out."""
    found = [
        Kept(one.label, one.count, one.refs, one.must, kind)
        for kind, told in sorted(_keepers.items())
        for one in told(subject_ids)
    ]
    return [one for one in found if one.count]
