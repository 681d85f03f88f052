"""Names of units in documents: short names, aliases, abolished bureaus, and collectives that fan out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.accounts import queries as accounts
from guiyan.packs import Pack


@dataclass(frozen=True, slots=True)
class Resolution:
    """The units a name stands for; `codes` is empty while nobody knows."""

    codes: tuple[str, ...]
    is_collective: bool = False


def resolve(pack: Pack, name: str, on: date) -> Resolution:
    """What a name in a document means on a day. Never a guess: an unknown name gives no unit."""
    wanted = _bare(name)
    for collective in pack.collectives.values():
        if wanted in {_bare(written) for written in collective.names}:
            return Resolution(tuple(collective.members), is_collective=True)
    unit = accounts.resolve_unit(name, on)
    return Resolution((unit.code,) if unit else ())


def _bare(name: str) -> str:
    brackets = str.maketrans({"〔": "(", "〕": ")", "[": "(", "]": ")", "（": "(", "）": ")"})
    return name.translate(brackets).replace(" ", "").removeprefix("各")
