"""Words of two versions held against each other: without marks, by pairs of characters, and where they differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

LONGEST = 1500
"""Beyond so many characters two wordings are shown whole: the matcher of the standard library is quadratic."""

_MARKS = re.compile(r"(?![%‰])(?!(?<=\d)[.~-](?=\d))[\W_]")
_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零〇\d]+[章节条款项]|[(（][一二三四五六七八九十百\d]+[)）]"
    r"|[一二三四五六七八九十百]+\s*、|\d++(?:\.\d++)*+\s*[.、．)）]|[①-⑳])\s*"
)
_VERSION = re.compile(
    r"[(（〔\[](?:\d{4}\s*年?\s*)?(?:修订|修正|修改)(?:稿|版|本)?[)）〕\]]|(?:修订|修正|修改)(?:稿|版|本)$"
)
_RUN = re.compile(r"[0-9]++(?:[.,][0-9]++)*+|[A-Za-z]+|.", re.DOTALL)


def bare(words: str) -> str:
    """Letters and digits alone, half width; what stands inside a number (1.5, 3-5) and % stay."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", words))


def unnumbered(words: str) -> str:
    """The words without the number they begin with."""
    return _NUMBER.sub("", words, count=1)


def heading(words: str) -> str:
    """A heading without its number and marks."""
    return bare(unnumbered(words))


def plan_name(title: str) -> str:
    """A plan's title without the word that it is a revised one."""
    return bare(_VERSION.sub("", title.strip()))


def pairs_in(words: str) -> frozenset[str]:
    """The pairs of neighbouring characters; a single character is its own pair."""
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) or frozenset(words)


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """Twice the common part of the whole, 0 to 1; nothing and nothing are the same."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def alike(a: str, b: str) -> float:
    """How alike two bare wordings are, 0 to 1."""
    return 1.0 if a == b else shared(pairs_in(a), pairs_in(b))


def marked(old: str, new: str) -> list[tuple[str, str]]:
    """Both wordings in one line of parts: ("same" | "old" | "new", words). A number changes as a whole."""
    if len(old) > LONGEST or len(new) > LONGEST:
        return [("old", old), ("new", new)] if old != new else [("same", old)]
    left, right = _RUN.findall(old), _RUN.findall(new)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return list(_joined((tag, "".join(left[a:b]), "".join(right[c:d])) for tag, a, b, c, d in steps))


def _joined(steps: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    for tag, before, after in steps:
        if tag == "equal":
            yield "same", before
            continue
        if before:
            yield "old", before
        if after:
            yield "new", after
