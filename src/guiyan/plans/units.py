"""Names of units in documents: short names, aliases, abolished bureaus, and collectives that fan out."""

from __future__ import annotations

from collections.abc import Iterable
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
    return resolve_all(pack, [name], on)[name]


def resolve_all(pack: Pack, names: Iterable[str], on: date) -> dict[str, Resolution]:
    """The same for many names, in a bounded number of queries."""
    collectives = {_bare(written): one for one in pack.collectives.values() for written in one.names}
    listed = list(dict.fromkeys(names))
    units = accounts.resolve_units([name for name in listed if _bare(name) not in collectives], on)
    found: dict[str, Resolution] = {}
    for name in listed:
        collective, unit = collectives.get(_bare(name)), units.get(name.strip())
        if collective is not None:
            found[name] = Resolution(tuple(collective.members), is_collective=True)
        else:
            found[name] = Resolution((unit.code,) if unit else ())
    return found


def _bare(name: str) -> str:
    brackets = str.maketrans({"〔": "(", "〕": ")", "[": "(", "]": ")", "（": "(", "）": ")"})
    return name.translate(brackets).replace(" ", "").removeprefix("各")
