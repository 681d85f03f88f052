"""Which clause of the new version is which of the old: by signs, the surest first, then by likeness.

Each step leaves fewer clauses to the next. A sign pairs clauses only where as many have it on both sides. Likeness asks
only those that share rare pairs of characters with a clause, at most `ASKED` of them, so a long document costs no
more for each of its clauses than a short one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from guiyan.engine.documents.comparing.clauses import Clause, above, amounts, names_of, path_of
from guiyan.engine.documents.comparing.words import bare, pairs_in, plan_name, shared

ASKED = 8
COMMON = 64
"""A pair of characters in more clauses than that says nothing about any."""
LEAST = {"task": 0.5, "indicator": 0.6, "measure": 0.55}
OPENING = 60
SAME_NAME = 0.5
Sign = Callable[[Clause], Hashable]


@dataclass(frozen=True, slots=True)
class Pair:
    old: Clause
    new: Clause
    why: str


def pairs_of(old: Sequence[Clause], new: Sequence[Clause]) -> list[Pair]:
    """The pairs, each clause in one at most; tasks with tasks, indicators with indicators, measures with measures."""
    found: list[Pair] = []
    for kind, signs in SIGNS.items():
        left = [clause for clause in old if clause.kind == kind]
        right = [clause for clause in new if clause.kind == kind]
        for why, sign in signs:
            found += (made := _by_sign(left, right, sign, why))
            left, right = _rest(left, right, made)
        found += (made := _by_likeness(left, right, LEAST[kind]))
        left, right = _rest(left, right, made)
        found += _in_order(left, right, signs[-1][1])
    return found


def _rest(left: list[Clause], right: list[Clause], made: list[Pair]) -> tuple[list[Clause], list[Clause]]:
    gone, come = {pair.old.key for pair in made}, {pair.new.key for pair in made}
    return [x for x in left if x.key not in gone], [x for x in right if x.key not in come]


def _groups(clauses: Iterable[Clause], sign: Sign) -> dict[Hashable, list[Clause]]:
    groups: dict[Hashable, list[Clause]] = defaultdict(list)
    for clause in clauses:
        groups[sign(clause)].append(clause)
    groups.pop(None, None)
    return groups


def _by_sign(left: list[Clause], right: list[Clause], sign: Sign, why: str) -> list[Pair]:
    """As many on both sides: paired in their order. More on one: left to a later step, which knows them better."""
    before, after = _groups(left, sign), _groups(right, sign)
    return [
        Pair(a, b, why)
        for key, olds in before.items()
        if len(olds) == len(news := after.get(key, []))
        for a, b in zip(olds, news, strict=True)
    ]


def _in_order(left: list[Clause], right: list[Clause], sign: Sign) -> list[Pair]:
    """What is left of the same name, in order, though there are more on one side."""
    before, after = _groups(left, sign), _groups(right, sign)
    return [Pair(a, b, "名称相同，按先后对应") for key in before for a, b in zip(before[key], after.get(key, []))]  # noqa: B905


def _by_likeness(left: list[Clause], right: list[Clause], least: float) -> list[Pair]:
    """The likest first; ties in the order of the documents."""
    olds, news = [_Looked(x) for x in left], [_Looked(x) for x in right]
    scored: list[tuple[float, int, int]] = []
    for b, candidates in enumerate(_candidates(olds, news)):
        for a in candidates:
            score = olds[a].likeness(news[b])
            if score >= least:
                scored.append((-score, a, b))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for score, a, b in sorted(scored):
        if a not in taken_old and b not in taken_new:
            taken_old.add(a)
            taken_new.add(b)
            found.append(Pair(left[a], right[b], olds[a].why(news[b], -score)))
    return found


def _candidates(olds: Sequence[_Looked], news: Sequence[_Looked]) -> Iterable[list[int]]:
    """For each new clause the old ones that share most rare pairs of characters with it."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, known in enumerate(olds):
        for pair in known.signs:
            places[pair].append(number)
    for known in news:
        votes: Counter[int] = Counter()
        for pair in known.signs:
            at = places.get(pair, ())
            if len(at) <= COMMON:
                votes.update(at)
        ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        yield [number for number, _ in ranked[:ASKED]]


class _Looked:
    """A clause with what likeness looks at, made once."""

    __slots__ = ("above", "clause", "names", "plan", "signs", "title", "words")

    def __init__(self, clause: Clause) -> None:
        words = bare(clause.words)
        self.clause = clause
        self.title = pairs_in(bare(clause.parent + clause.title))
        self.words = pairs_in(words)
        self.signs = sorted(self.title | pairs_in(words[:OPENING]))
        self.above = frozenset(above(clause))
        self.names = frozenset(names_of((*clause.lead, *clause.units)))
        self.plan = plan_name(clause.plan)

    def likeness(self, new: _Looked) -> float:
        """0 to 1. What counts other things is never the same figure."""
        a, b = self.clause, new.clause
        place = 0.5 * (self.plan == new.plan) + 0.5 * shared(self.above, new.above)
        title = shared(self.title, new.title)
        if a.kind == "task":
            return (
                0.4 * title + 0.3 * shared(self.words, new.words) + 0.15 * place + 0.15 * shared(self.names, new.names)
            )
        if a.kind == "indicator":
            if a.counted != b.counted or title < SAME_NAME:
                return 0.0
            return 0.6 * title + 0.15 * place + 0.15 * (a.period == b.period) + 0.1 * (amounts(a) == amounts(b))
        if a.figure[:1] != b.figure[:1] and amounts(a)[1:] != amounts(b)[1:]:
            return 0.0
        terms = shared(frozenset(map(bare, a.terms)), frozenset(map(bare, b.terms)))
        return 0.4 * title + 0.3 * shared(self.words, new.words) + 0.15 * place + 0.15 * terms

    def why(self, new: _Looked, score: float) -> str:
        signs = [f"内容相近（{score:.0%}）"]
        if self.names and self.names == new.names:
            signs.append("单位相同")
        if self.clause.figure and amounts(self.clause) == amounts(new.clause):
            signs.append("数字相同")
        if self.above and self.above == new.above:
            signs.append("位置相同")
        return "，".join(signs)


def _place(x: Clause) -> tuple[str, ...]:
    return plan_name(x.plan), *path_of(x)


def _name(x: Clause) -> tuple[str, str]:
    return bare(x.parent), bare(x.title)


def _whole(x: Clause) -> Hashable:
    said = (tuple(map(bare, x.terms)), bare(x.words), tuple(map(bare, (*x.lead, "", *x.units))))
    return _place(x), _name(x), said, amounts(x), x.counted, x.period


def _own_words(x: Clause) -> Hashable:
    words = bare(x.words)
    return words if len(words) >= 12 else None


SIGNS: dict[str, tuple[tuple[str, Sign], ...]] = {
    "task": (
        ("位置和内容都相同", _whole),
        ("位置和名称相同", lambda x: (_place(x), _name(x))),
        ("正文相同", _own_words),
        ("方案和名称相同", lambda x: (plan_name(x.plan), _name(x))),
        ("名称相同", _name),
    ),
    "indicator": (
        ("位置和内容都相同", _whole),
        ("位置、名称、计量单位和期限相同", lambda x: (_place(x), _name(x), x.counted, x.period)),
        ("名称、计量单位和期限相同", lambda x: (plan_name(x.plan), _name(x), x.counted, x.period)),
        ("名称、计量单位和数字相同", lambda x: (plan_name(x.plan), _name(x), x.counted, amounts(x))),
        ("名称和计量单位相同", lambda x: (plan_name(x.plan), _name(x), x.counted)),
        ("名称和计量单位相同，方案不同", lambda x: (_name(x), x.counted)),
    ),
    "measure": (
        ("位置和内容都相同", _whole),
        ("位置、名称和金额相同", lambda x: (_place(x), _name(x), amounts(x))),
        ("位置、名称和种类相同", lambda x: (_place(x), _name(x), x.figure[:1])),
        ("名称和金额相同", lambda x: (plan_name(x.plan), _name(x), amounts(x))),
        ("名称和种类相同", lambda x: (plan_name(x.plan), _name(x), x.figure[:1])),
    ),
}
"""Signs by kind, the surest first, each with what is told of it."""
