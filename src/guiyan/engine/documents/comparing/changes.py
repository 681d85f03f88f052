"""Two versions of a document: which clause of the new one is which of the old one, and what differs.

Pairs are found in `comparing_pairs`, from the surest sign to the weakest, each with the sign that made it; what differs
in a pair is said here, aspect by aspect, so that whoever accepts a change sees what and why.
Deterministic, in time near the length of both: no clause is held against all others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.engine.documents.comparing.clauses import Clause, amounts, is_moved, names_of
from guiyan.engine.documents.comparing.pairs import pairs_of
from guiyan.engine.documents.comparing.words import bare

ASPECTS = ("figure", "period", "units", "terms", "wording", "moved")
"""What may differ, the weightiest first; the first that does names the change."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a clause. old is None for a new one, new for one that is gone; why: what makes them a pair.

    mark: changes with anything that was compared, so that a decision on it is known to be about these very words.
    """

    old: Clause | None
    new: Clause | None
    aspects: tuple[str, ...]
    why: str
    mark: str

    @property
    def verdict(self) -> str:
        """same, moved, wording, terms, units, period, figure; new, gone."""
        if self.old is None:
            return "new"
        if self.new is None:
            return "gone"
        return self.aspects[0] if self.aspects else "same"


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> list[Difference]:
    """What became of each clause: in the order of the new version, those that are gone behind their old neighbours."""
    found = {pair.new.key: pair for pair in pairs_of(old, new)}
    place = {clause.key: number for number, clause in enumerate(new)}
    kept = {pair.old.key: place[pair.new.key] for pair in found.values()}
    listed: list[tuple[tuple[int, int, int], Difference]] = []
    for number, clause in enumerate(new):
        pair = found.get(clause.key)
        known = difference(pair.old, clause, pair.why) if pair else difference(None, clause, "旧文件里没有")
        listed.append(((number, 0, 0), known))
    behind = -1
    for number, clause in enumerate(old):
        if clause.key in kept:
            behind = kept[clause.key]
        else:
            listed.append(((behind, 1, number), difference(clause, None, "新文件里没有")))
    return [known for _, known in sorted(listed, key=lambda row: row[0])]


def difference(old: Clause | None, new: Clause | None, why: str) -> Difference:
    """The aspects in which a pair differs."""
    aspects = () if old is None or new is None else aspects_of(old, new)
    told = "\n".join((repr(content(old)), repr(content(new))))
    return Difference(old, new, aspects, why, hashlib.sha256(told.encode()).hexdigest()[:16])


def content(clause: Clause | None) -> tuple[object, ...]:
    """Everything of a clause that is compared."""
    if clause is None:
        return ()
    return (
        clause.kind,
        clause.key,
        bare(clause.title),
        bare(clause.parent),
        bare(clause.words),
        names_of(clause.lead),
        names_of(clause.units),
        amounts(clause),
        clause.counted,
        clause.period,
        tuple(map(bare, clause.terms)),
    )


def aspects_of(old: Clause, new: Clause) -> tuple[str, ...]:
    """In what two versions of a clause differ, in the order of `ASPECTS`. Numbers of headings do not count."""
    differs = {
        "figure": (amounts(old), old.counted) != (amounts(new), new.counted),
        "period": old.period != new.period,
        "units": (names_of(old.lead), names_of(old.units)) != (names_of(new.lead), names_of(new.units)),
        "terms": sorted(map(bare, old.terms)) != sorted(map(bare, new.terms)),
        "wording": (bare(old.title), bare(old.parent), bare(old.words))
        != (bare(new.title), bare(new.parent), bare(new.words)),
        "moved": is_moved(old, new),
    }
    return tuple(aspect for aspect in ASPECTS if differs[aspect])
