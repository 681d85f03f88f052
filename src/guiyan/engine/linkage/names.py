"""A person's name as registers write it: in any order, any script, with a former name in brackets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from guiyan.engine.linkage.sounds import SURNAMES, near, reading, surname_of, surname_sounds
from guiyan.engine.linkage.texts import apart, bare, folded, hashed, hashed_or_none, simplified

_FORMER = re.compile(r"(?:曾用名|原名|又名|旧名|别名)[:：是为]?")
_TITLES = ("先生", "女士", "同志", "小姐", "同学", "老师")
_PLAIN = re.compile(r"[\u4e00-\u9fa5]{2,3}")  # most names: nothing to clean
_LETTERS = re.compile(r"[a-z]+")


class NameParts(NamedTuple):
    """Hashes. None: there is no such part.

    swapped: the name as it would be if the surname had been written last. sound, near: all syllables, in any order.
    first, last: characters of the given name; the same one where it has one character only.
    """

    name: int | None = None
    swapped: int | None = None
    former: int | None = None
    sound: int | None = None
    near: int | None = None
    former_near: int | None = None
    surname: int | None = None
    first: int | None = None
    last: int | None = None
    given: int | None = None


NO_NAME = NameParts()


def name_parts(written: str | None, former: str | None = None) -> NameParts:
    """`former` counts before what stands in brackets. A name without any letter is no name."""
    if not written:
        return NO_NAME
    name, other = read_name(written)
    if not name:
        return NO_NAME
    other = _clean(folded(former)) if former else other
    name, swapped = in_order(name)
    sounds, surname, given = _taken_apart(name)
    return NameParts(
        name=hashed(name),
        swapped=hashed_or_none(swapped),
        former=hashed_or_none(other if other != name else None),
        sound=hashed(" ".join(sorted(sounds))),
        near=_near_hash(sounds),
        former_near=_near_hash(_taken_apart(other)[0]) if other and other != name else None,
        surname=_surname_hash(surname) if surname else None,
        first=_sign_hash(given[:1]),
        last=_sign_hash(given[-1:]),
        given=hashed_or_none(given),
    )


def read_name(written: str) -> tuple[str, str | None]:
    """(name, former name): 张伟（曾用名：张卫）, 张伟(张卫), 張 偉 原名张卫国 and 张伟先生 are all 张伟."""
    if _PLAIN.fullmatch(written):
        return simplified(written), None
    outside, inside = apart(folded(written))
    outside, *more = _FORMER.split(outside)
    names = [_clean(_FORMER.sub("", each)) for each in (*more, *inside)]
    former = next((each for each in names if 2 <= len(each) <= 6 and not each.isascii()), None)
    return _clean(outside), former


def _clean(name: str) -> str:
    """Letters keep the space between words, which is all that tells their syllables apart."""
    if name.isascii():
        return " ".join(_LETTERS.findall(name))
    name = "".join(sign for sign in bare(name) if sign.isalpha())
    for title in _TITLES:
        if len(name) >= 4 and name.endswith(title):
            return name.removesuffix(title)
    return name


def in_order(name: str) -> tuple[str, str | None]:
    """Surname first. Where either end could be the surname, as written, beside what it would be the other way round."""
    if name.isascii() or not 2 <= len(name) <= 4 or surname_of(name) != name[:1]:
        return name, None
    turned = name[-1] + name[:-1]
    if name[-1] not in SURNAMES or turned == name:
        return name, None
    return (name, turned) if name[0] in SURNAMES else (turned, None)


def _taken_apart(name: str) -> tuple[list[str], str, str]:
    """Syllables, surname, given name."""
    if name.isascii():
        words = name.split()
        return words, words[0], "".join(words[1:])
    surname = surname_of(name)
    given = name[len(surname) :]
    return [*surname_sounds(surname), *map(reading, given)], surname, given


@lru_cache(maxsize=20_000)
def _sign_hash(sign: str) -> int | None:
    return hashed_or_none(sign)


@lru_cache(maxsize=20_000)
def _surname_hash(surname: str) -> int:
    return hashed(" ".join(map(near, surname_sounds(surname))))


def _near_hash(sounds: list[str]) -> int:
    return hashed(" ".join(sorted(map(near, sounds))))
