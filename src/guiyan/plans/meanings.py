"""What words may be taught to mean: statements about the pack's facts, as people read them, each with its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiyan.engine.drafting import DraftTerm
from guiyan.engine.phrases.bounds import bound_in
from guiyan.engine.rules import sentence, tree
from guiyan.engine.rules.model import Fact, SubjectKind
from guiyan.engine.rules.printing import print_expr
from guiyan.engine.values.chinese import fold
from guiyan.kernel.errors import Refused
from guiyan.packs import Pack

# How documents count what a fact counts in its own unit.
UNITS: Mapping[str, Mapping[str, int]] = {
    "周岁": {"周岁": 1, "岁": 1},
    "人": {"人": 1, "名": 1},
    "个月": {"年": 12, "个月": 1},
    "元": {"元": 1},
}
BARE = {"不少于原文的数": ">=", "不超过原文的数": "<=", "等于原文的数": "="}
AS_WRITTEN = "按原文的数"
NOTATION = frozenset("[]<>|{}")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A statement: a whole `rule`, or a `fact` that the number in the words is compared with (a bare one by `bare`)."""

    words: str
    rule: str = ""
    fact: str = ""
    bare: str = ""


def meanings(pack: Pack, kind: SubjectKind | None) -> list[Meaning]:
    """Every statement about facts of this kind of subject, in the order of the catalogue, no words twice."""
    found: dict[str, Meaning] = {}
    for fact in pack.facts.values():
        if fact.derive is None and (kind is None or kind in fact.kinds):
            for meaning in _of_fact(pack, fact):
                found.setdefault(meaning.words, meaning)
    return list(found.values())


def _of_fact(pack: Pack, fact: Fact) -> Iterator[Meaning]:
    if fact.type == "int":
        yield Meaning(f"{fact.label}：{AS_WRITTEN}", fact=fact.id)
        yield from (Meaning(f"{fact.label}：{words}", fact=fact.id, bare=sign) for words, sign in BARE.items())
        return
    name = tree.Name(fact.id)
    if fact.type == "bool":
        trees: list[tree.Tree] = [name, tree.Not(name)]
    elif fact.type == "code":
        texts = [tree.Text(code) for code in fact.codes]
        trees = [tree.Compare("=", name, text) for text in texts]
        trees += [tree.Compare(">=", name, text) for text in texts[1:-1]]
    elif fact.type == "list":
        trees = [tree.Has(fact.id, code) for code in fact.codes]
    elif fact.type == "region":
        trees = [tree.RegionIn(fact.id, str(pack.city.region))]
    else:
        return
    yield from (Meaning(sentence(one, pack.catalogue), print_expr(one)) for one in trees)


def meaning_named(pack: Pack, kind: SubjectKind | None, words: str) -> Meaning:
    """The statement with these words. Raises Refused."""
    found = next((one for one in meanings(pack, kind) if one.words == words.strip()), None)
    if found is None:
        raise Refused(
            f"没有“{words.strip()}”这个说法，请从列表里选。" if words.strip() else "请选一个事实。", "meaning"
        )
    return found


def taught(pack: Pack, meaning: Meaning, term: DraftTerm, kind: SubjectKind | None) -> dict[str, object]:
    """The columns of what is learnt: the words of the term, with `{}` where the number stands."""
    words = "".join(fold(term.words).split())
    if NOTATION.intersection(words) or len(words) > 120:
        raise Refused("这段话太长或者带有特殊符号，不能作为说法记下来。", "words")
    kept: dict[str, object] = {
        "kind": kind or "",
        "names_who": term.source == "beneficiary" and not meaning.fact,
        "fact": meaning.fact,
        "rule": meaning.rule,
        "units": {},
        "bare": "",
        "elapsed": False,
        "wording": words,
    }
    return {**kept, **_with_number(pack, meaning, words)} if meaning.fact else kept


def _with_number(pack: Pack, meaning: Meaning, words: str) -> dict[str, object]:
    fact = pack.facts[meaning.fact]
    units = UNITS.get(fact.unit, {fact.unit: 1} if fact.unit else {})
    found = bound_in(words, units)
    if found is None:
        raise Refused(f"这段话里没有以“{'”“'.join(units)}”计的数，不能对应到“{fact.label}”。", "number")
    start, bound = found
    if bound.compared and meaning.bare:
        raise Refused(f"原文已写明以上、以下，请选“{fact.label}：{AS_WRITTEN}”。", "bare")
    if not bound.compared and not meaning.bare:
        raise Refused(f"原文只写了数，没有写以上、以下，请选“{fact.label}：不少于原文的数”或“不超过原文的数”。", "bare")
    elapsed = any(one.elapsed for one in pack.phrases.values() if one.fact == fact.id)
    if elapsed and (meaning.bare or bound.bounds[0][0]) not in (">=", "<"):
        raise Refused(f"“{fact.label}”按整期计，只有“满”“以上”和“未满”能对应。", "elapsed")
    wording = f"{words[:start]}{{}}{words[bound.end :]}"
    return {"wording": wording, "units": dict(units), "bare": meaning.bare, "elapsed": elapsed}
