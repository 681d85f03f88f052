"""Keys: all that a measure's outcome for somebody depends on, where three-valued columns don't tell it.

A key holds the three-valued answer to every question of the measure, packed in base 3; for a comparison of two facts
also which of them is unknown; and the known values of facts that are mixed with unknown ones. People with one key
have one outcome, so `exact.outlook` is asked once a key instead of once a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from guiyan.engine.population.exactness import Atom, atoms, sides
from guiyan.engine.rules.core import All, AnyOf, Ask, Core, No, Test, Variable, variables
from guiyan.engine.rules.simplify import FALSE, TRUE

DIGITS = 39  # as many base-3 digits as a signed 64-bit word holds
UNKNOWN = 2  # the digit of an unknown answer; 0 is no, 1 is yes
LEFT, RIGHT = 1, 2  # the digit of a pair of which one side alone is unknown; 0 otherwise


@dataclass(frozen=True)
class Digit:
    """`answer`: what the question comes to. `side`: of a pair that comes to unknown, the side that is unknown."""

    of: Literal["answer", "side"]
    atom: Atom


@dataclass(frozen=True)
class Key:
    """digits: of all words, in order. raw: values that belong to the key while one of the comparisons is unknown.

    always: variables whose values belong to it in any case.
    """

    digits: tuple[Digit, ...] = ()
    raw: Mapping[Variable, tuple[Test, ...]] = field(default_factory=dict)
    always: tuple[Variable, ...] = ()

    @cached_property
    def words(self) -> list[tuple[Digit, ...]]:
        return [self.digits[start : start + DIGITS] for start in range(0, len(self.digits), DIGITS)]

    @cached_property
    def valued(self) -> tuple[Variable, ...]:
        """The variables whose values follow the words, in order."""
        return (*self.raw, *self.always)

    @property
    def width(self) -> int:
        return len(self.words) + len(self.valued)


def key_of(core: Core, *, bounded: bool, always: Iterable[Variable] = ()) -> Key:
    """bounded: pairs stand alone and are decided by their bounds, so that no value needs to be in the key."""
    distinct = list(dict.fromkeys(atoms(core)))
    several = [atom for atom in distinct if isinstance(atom, Test) and len(variables(atom)) > 1]
    digits = [Digit("answer", atom) for atom in distinct]
    if bounded:
        return Key((*digits, *(Digit("side", atom) for atom in several)))
    raw: dict[Variable, list[Test]] = {}
    for test in several:
        for variable in variables(test):
            raw.setdefault(variable, []).append(test)
    return Key(tuple(digits), {variable: tuple(tests) for variable, tests in raw.items()}, tuple(dict.fromkeys(always)))


Value = int | str | None
Known = dict[Variable, int | str | bool]


def read(key: Key, written: Sequence[Value]) -> tuple[Mapping[Core, Core], Known]:
    """What stands for each question, and the values that are known: words first, then values, as engines give them."""
    count = len(key.words)
    words = [each for each in written[:count] if isinstance(each, int)]
    values = zip(key.valued, written[count:], strict=True)
    return answers(key, words), {variable: value for variable, value in values if value is not None}


def answers(key: Key, words: Sequence[int]) -> Mapping[Core, Core]:
    """Per question its answer, or of a half-known pair an open question about the other half."""
    stand: dict[Core, Core] = {}
    for digit, value in zip(key.digits, unpacked(key, words), strict=True):
        if digit.of == "answer" and value != UNKNOWN:
            stand[digit.atom] = TRUE if value else FALSE
        elif digit.of == "side" and value in (LEFT, RIGHT):
            assert isinstance(digit.atom, Test)
            unknown = sides(digit.atom)[0 if value == LEFT else 1][0]
            stand[digit.atom] = Ask(Variable(unknown.fact, unknown.key, is_bool=True))
    return stand


def unpacked(key: Key, words: Sequence[int]) -> Iterator[int]:
    for digits, word in zip(key.words, words, strict=True):
        for _ in digits:
            word, digit = divmod(word, 3)
            yield digit


def replaced(core: Core, stand: Mapping[Core, Core]) -> Core:
    match core:
        case No(part):
            return No(replaced(part, stand))
        case All(parts):
            return All(tuple(replaced(part, stand) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(replaced(part, stand) for part in parts))
        case _:
            return stand.get(core, core)
