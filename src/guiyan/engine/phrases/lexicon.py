"""The phrases of a pack laid out by their first character, to be looked up at a place of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from guiyan.engine.phrases.phrase import SLOT, Phrase, phrase_fault, wordings
from guiyan.engine.phrases.values import value_at
from guiyan.engine.rules import Catalogue, parse, tree
from guiyan.engine.rules.catalogue import ON_DAY
from guiyan.engine.rules.parse import parse_operand


@dataclass(frozen=True, slots=True)
class Frame:
    """One wording: what stands before the value and after it; `after` is None where there is no value."""

    before: str
    after: str | None
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase at a place. tree: None where it demands nothing, or where `no_fact` says what the pack lacks."""

    end: int
    phrase: Phrase
    tree: tree.Tree | None
    exact: bool = True  # False: a number without comparator, taken as the phrase says
    no_fact: bool = False
    has_value: bool = False

    @property
    def is_bound(self) -> bool:
        """A value with its comparator: it stands by itself before a noun that nobody knows."""
        return self.has_value and self.exact and not self.until_today

    @property
    def until_today(self) -> bool:
        """A length of time whose end the words do not name: 毕业5年内."""
        return isinstance(self.tree, tree.Compare) and self.tree.left == tree.Name(ON_DAY)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """phrases: those of the pack; whatever does not fit the catalogue must have been refused before."""

    phrases: tuple[Phrase, ...]
    catalogue: Catalogue
    learnt: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _frames(self) -> dict[str, list[Frame]]:
        """Frames by the first character of what stands before the value, those that begin with one under ""."""
        found: dict[str, list[Frame]] = {}
        for frame in frames_of(self.phrases):
            found.setdefault(frame.before[:1], []).append(frame)
        return found

    @cached_property
    def days(self) -> dict[tree.Operand, str]:
        """Derived days of the catalogue by what they are derived from: years_after(graduation_date, 5)."""
        derived = ((name, fact.derive) for name, fact in self.catalogue.facts.items() if fact.type == "date")
        return {parse_operand(rule): name for name, rule in derived if rule is not None}

    @cached_property
    def heads(self) -> tuple[tuple[str, Phrase], ...]:
        """Words that tell the kind of subject at the end of others, longest first."""
        found = [(f.before, f.phrase) for f in frames_of(self.phrases) if f.after is None and f.phrase.head]
        return tuple(sorted(found, key=lambda pair: -len(pair[0])))

    def is_noun(self, chars: str) -> bool:
        """Whether words are nothing but nouns of one kind of subject put together: 青年人才, 大学生创业者."""
        kinds = set()
        while chars:
            head = next(((ending, phrase) for ending, phrase in self.heads if chars.endswith(ending)), None)
            if head is None:
                return False
            kinds.add(head[1].kind)
            chars = chars.removesuffix(head[0])
        return len(kinds) == 1

    def with_learnt(self, phrases: Iterable[Phrase]) -> Lexicon:
        """The pack's phrases and, where they fit its facts, those that officers taught."""
        more = tuple(phrase for phrase in phrases if phrase_fault(phrase, self.catalogue) is None)
        return Lexicon((*self.phrases, *more), self.catalogue, frozenset(phrase.id for phrase in more))

    def at(self, chars: str, start: int) -> list[Found]:
        """The phrases that begin at `start`, only those that reach furthest."""
        found = [one for one in self._all_at(chars, start) if one.end > start]
        furthest = max((one.end for one in found), default=start)
        return [one for one in found if one.end == furthest]

    def _all_at(self, chars: str, start: int) -> Iterator[Found]:
        for key in (chars[start : start + 1], ""):
            for frame in self._frames.get(key, ()):
                if frame.phrase.head or not chars.startswith(frame.before, start):
                    continue
                end = start + len(frame.before)
                if frame.after is None:
                    yield Found(end, frame.phrase, meaning_of(frame.phrase))
                    continue
                value = value_at(self.catalogue, self.days, frame.phrase, chars, end)
                if value is not None and chars.startswith(frame.after, value.end):
                    whole = value.end + len(frame.after)
                    yield Found(whole, frame.phrase, value.tree, value.exact, value.tree is None, has_value=True)


def meaning_of(phrase: Phrase) -> tree.Tree | None:
    if phrase.when is not None:
        return parse(phrase.when)
    return tree.Name(phrase.fact) if phrase.fact is not None else None


def frames_of(phrases: Iterable[Phrase]) -> Iterator[Frame]:
    for phrase in phrases:
        for words in phrase.words:
            for wording in wordings(words):
                before, slot, after = wording.partition(SLOT)
                yield Frame(before, after if slot else None, phrase)
