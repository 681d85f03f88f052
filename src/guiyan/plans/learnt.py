"""What was learnt in a region, ready to be used: names beside the pack's units, phrases beside its lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guiyan.engine.phrases import Lexicon, phrase_fault
from guiyan.engine.rules import sentence
from guiyan.packs import Pack
from guiyan.plans.models import LearntName, LearntPhrase
from guiyan.plans.units import resolve_all


def names_learnt(region: int, names: Iterable[str]) -> dict[str, LearntName]:
    """Those of the names that officers taught in this region."""
    return {row.name: row for row in LearntName.objects.filter(region=region, undone_at=None, name__in=list(names))}


def lexicon_learnt(pack: Pack, region: int) -> Lexicon | None:
    """The pack's lexicon with what was learnt in the region and still fits its facts; None where there is nothing."""
    rows = LearntPhrase.objects.filter(region=region, undone_at=None).order_by("id")
    phrases = [row.phrase for row in rows]
    return pack.lexicon.with_learnt(phrases) if phrases else None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the pack itself says of learnt words: it counts. `same`: it says the same, so the learnt one is needless."""

    same: bool
    words: str


def name_conflicts(pack: Pack, rows: Iterable[LearntName], on: date) -> dict[int, Conflict]:
    """Row id -> what the city's own units say of the name, for those of which they say something."""
    listed = list(rows)
    own = resolve_all(pack, [row.name for row in listed], on)
    found: dict[int, Conflict] = {}
    for row in listed:
        codes = own[row.name].codes
        if codes:
            names = "、".join(pack.units[code].short_name if code in pack.units else code for code in codes)
            found[row.pk] = Conflict(not row.is_outside and set(codes) == set(row.unit_codes), names)
    return found


def phrase_conflicts(pack: Pack, rows: Iterable[LearntPhrase]) -> dict[int, Conflict]:
    """Row id -> what the pack's phrases say of the very words, or that its facts no longer have what was taught."""
    found: dict[int, Conflict] = {}
    for row in rows:
        phrase = row.phrase
        if phrase_fault(phrase, pack.catalogue) is not None:
            found[row.pk] = Conflict(False, "事实目录里已没有这个事实")
            continue
        words = row.wording.replace("{}", SAMPLE + next(iter(row.units), ""))
        taught = [one for one in pack.lexicon.with_learnt([phrase]).at(words, 0) if one.phrase.id == phrase.id]
        own = [one for one in pack.lexicon.at(words, 0) if one.end == len(words) and one.tree is not None]
        if own and own[0].tree is not None:
            same = any(one.tree == own[0].tree for one in taught)
            found[row.pk] = Conflict(same, sentence(own[0].tree, pack.catalogue))
    return found


SAMPLE = "不少于2"  # a number by which the wording is tried
