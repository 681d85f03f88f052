"""Every list of the desk and the filters it knows, gathered from the areas.

An area with lists has `filters.py` with `LISTS: tuple[OfficerList, ...]`. From that one declaration come the saved
views of a list, the words over its printed page, and what of a kept address is still known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.http import QueryDict
from django.urls import NoReverseMatch, ResolverMatch, reverse

from guiyan import desk
from guiyan.accounts.models import Region
from guiyan.accounts.queries import region_path
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.numbers import whole

Key = tuple[str, ...]
"""The parts of the address that say which list it is: the register's id."""
Words = Callable[[Actor, Key, str], str]
"""What the page calls a value of the address; empty for one that is not known (any longer)."""
HowMany = Callable[[Actor, Key, Sequence[Mapping[str, str]]], Sequence[int]]
"""How many rows each of some addresses finds, in one query for all of them."""

SEARCH, SORT, VIEW = "q", "sort", "v"
NOT_KEPT = frozenset({SEARCH, VIEW, "after", "before", "page"})
"""Where one stands in a list, and words searched for: names of people are kept in no view."""


@dataclass(frozen=True)
class Filter:
    """One parameter of the address. words: asked only when it is set. many: it may stand there several times."""

    name: str
    label: str
    words: Words
    many: bool = False


@dataclass(frozen=True)
class OfficerList:
    """name: of its address. readers: one of these permissions opens it; none: everybody at the desk.

    sheet: the address that gives it as Excel with the same filters, where the page has no button of its own.
    how_many: what the tabs of its saved views count with; none: they carry no numbers.
    title: what it is called; a function where that depends on the address, as do `more` filters and `more_sorts`.
    """

    name: str
    title: str | Callable[[Key], str]
    readers: frozenset[str] = frozenset()
    filters: tuple[Filter, ...] = ()
    sorts: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    more: Callable[[Actor, Key], Iterable[Filter]] | None = None
    more_sorts: Callable[[Key], Mapping[str, str]] | None = None
    how_many: HowMany | None = None

    def title_of(self, key: Key) -> str:
        return self.title if isinstance(self.title, str) else self.title(key)

    def filters_of(self, actor: Actor, key: Key) -> dict[str, Filter]:
        return {one.name: one for one in (*self.filters, *(self.more(actor, key) if self.more else ()))}

    def sorts_of(self, key: Key) -> Mapping[str, str]:
        return self.more_sorts(key) if self.more_sorts else self.sorts

    def may_open(self, actor: Actor) -> bool:
        return not self.readers or any(holds(actor, one) for one in self.readers)


@dataclass(frozen=True)
class Asked:
    """An address as a list understands it. words: (filter, what it is set to); dropped: what it does not know."""

    query: QueryDict
    words: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One list at one address: the list of a register with that register."""

    kind: OfficerList
    key: Key

    @property
    def page(self) -> str:
        """How saved views name it."""
        return "/".join((self.kind.name, *self.key))

    @property
    def title(self) -> str:
        return self.kind.title_of(self.key)

    @property
    def href(self) -> str:
        return reverse(self.kind.name, args=self.key)

    def read(self, actor: Actor, query: QueryDict) -> Asked:
        """What of the address the list knows today, in its order."""
        known, kept = self.kind.filters_of(actor, self.key), QueryDict(mutable=True)
        words: list[tuple[str, str]] = []
        dropped: list[str] = []
        for name, values in query.lists():
            if name in NOT_KEPT or not any(values):
                continue
            found = known.get(name)
            if name == SORT:
                self._sort(values[-1], kept, words, dropped)
            elif found is None:
                dropped.append(name)
            else:
                _filter(found, values, partial(found.words, actor, self.key), kept, words, dropped)
        return Asked(kept, tuple(words), tuple(dropped))

    def _sort(self, value: str, kept: QueryDict, words: list[tuple[str, str]], dropped: list[str]) -> None:
        label = self.kind.sorts_of(self.key).get(value.removeprefix("-"))
        if label is None:
            dropped.append("排序")
            return
        kept[SORT] = value
        words.append(("排序", f"按{label}{'降序' if value.startswith('-') else '升序'}"))


def _filter(
    found: Filter,
    values: list[str],
    said: Callable[[str], str],
    kept: QueryDict,
    words: list[tuple[str, str]],
    dropped: list[str],
) -> None:
    wanted = values if found.many else values[-1:]
    known = {one: label for one in wanted if (label := said(one))}
    if len(known) < len(wanted):
        dropped.append(found.label)
    if known:
        kept.setlist(found.name, list(known))
        words.append((found.label, "、".join(known.values())))


def fixed(choices: Mapping[str, str] | Iterable[tuple[str, str]]) -> Words:
    """Words that are the same for everybody."""
    known = dict(choices)
    return lambda actor, key, value: known.get(value, "")


def any_short(actor: Actor, key: Key, value: str) -> str:
    """Whatever it is called, as long as it is no essay."""
    return value if len(value) <= 20 else ""


def region_words(actor: Actor, key: Key, value: str) -> str:
    """A place by its 12-digit code."""
    code = whole(value) if len(value) == 12 else None
    return region_path(code) if code is not None and Region.objects.filter(code=code).exists() else ""


def place_at(match: ResolverMatch | None) -> Place | None:
    """The list at a resolved address; None for every other page."""
    kind = lists().get(match.view_name) if match is not None else None
    if kind is None or match is None:
        return None
    return Place(kind, tuple(str(one) for one in (*match.args, *match.kwargs.values())))


def place_of(page: str) -> Place | None:
    """The list that a saved view names; None when there is none any longer."""
    name, *key = page.split("/")
    kind = lists().get(name)
    if kind is None:
        return None
    place = Place(kind, tuple(key))
    try:
        return place if place.href and place.title else None
    except NoReverseMatch:
        return None


@lru_cache(maxsize=1)
def lists() -> dict[str, OfficerList]:
    names = sorted(f"guiyan.desk.{found.name}.filters" for found in iter_modules(desk.__path__) if found.ispkg)
    areas = [import_module(name) for name in names if find_spec(name)]
    return {one.name: one for area in areas for one in area.LISTS}
