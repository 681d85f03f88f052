"""The phrases of a pack: every one means something its facts can say, and no words mean two things of one subject."""

from __future__ import annotations

from guiyan.engine.phrases import Phrase, phrase_fault
from guiyan.engine.phrases.facts import kinds_of
from guiyan.engine.phrases.phrase import SLOT, wordings
from guiyan.engine.rules import Catalogue, parse
from guiyan.engine.rules.model import SubjectKind
from guiyan.packs.pack import Pack
from guiyan.packs.reading import Faults


def check_phrases(pack: Pack, reading: Faults) -> None:
    """All faults go into the reading; nothing is raised here."""
    taken: dict[str, list[Phrase]] = {}
    for name, phrase in pack.phrases.items():
        fault = phrase_fault(phrase, pack.catalogue)
        if fault is not None:
            reading.blame("phrases", name, *fault)
        elif not phrase.head:
            for place, words in enumerate(phrase.words):
                one_meaning(pack, reading, phrase, place, words, taken)


def one_meaning(
    pack: Pack, reading: Faults, phrase: Phrase, place: int, words: str, taken: dict[str, list[Phrase]]
) -> None:
    for wording in wordings(words):
        others = [one for one in taken.get(wording, ()) if one is not phrase and same_value(wording, one, phrase)]
        for other in others:
            if not kinds_asked(phrase, pack.catalogue).isdisjoint(kinds_asked(other, pack.catalogue)):
                message = f"`{wording}` already has a meaning, that of phrase `{other.id}`"
                reading.blame("phrases", phrase.id, ("words", place), message)
                return
        taken.setdefault(wording, []).append(phrase)


def same_value(wording: str, one: Phrase, two: Phrase) -> bool:
    """Whether the same value could stand in the slot of both: 岁 of one and 人 of another are told apart."""
    return SLOT not in wording or not {*one.units, *one.codes}.isdisjoint({*two.units, *two.codes})


def kinds_asked(phrase: Phrase, catalogue: Catalogue) -> frozenset[SubjectKind]:
    """The kinds of subject of which the phrase says something."""
    if phrase.kind is not None:
        return frozenset({phrase.kind})
    if phrase.when is not None:
        return kinds_of(parse(phrase.when), catalogue)
    fact = catalogue.get(phrase.fact or "")
    return frozenset(fact.kinds) if fact is not None else frozenset()
