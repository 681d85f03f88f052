"""What a pack declares of words: the phrase and the fact it speaks of, with units, codes or a whole rule.

Words are written with a small notation: `[…]` may be there or not, `<a|b>` one of several, `{}` where a value stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pydantic import Field, model_validator

from guiyan.engine.rules import Catalogue, RuleError, parse
from guiyan.engine.rules.errors import unknown_fact
from guiyan.engine.rules.model import Fact, SubjectKind
from guiyan.engine.rules.resolve import Resolver
from guiyan.engine.rules.tree import CompareOp
from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText
from guiyan.engine.values.chinese import fold

SLOT = "{}"
MOST_WORDINGS = 2000
TIMES = frozenset({"年", "个月", "天"})


class Phrase(Declared):
    """Words of documents with what they mean.

    fact: a bool that the words affirm, or, with a `{}` in the words, what the value there is compared with.
    when: a whole rule instead. Neither: the words only name the kind of subject (`for`), and demand nothing.
    names: `who` for nouns of people, firms and projects; lists of them mean one of them. `what` for all else.
    units: of a number, how many of the fact's own unit one is ({年: 12, 个月: 1} for months).
    bare: how a number without a comparator is meant (带动2人就业: ">="); without it such words stay open.
    elapsed: the fact counts full units of time gone by; then only 满, 以上 and 未满 can be told exactly.
    until: for a length of time since a day, the day that it is counted to; the day of the verdict unless said.
    codes: the words for a code fact's values, where they stand in the slot.
    tied: an attribute of the noun behind it (毕业5年内); before a list of people it may be the first one's alone.
    head: words at whose end the kind of subject is known though the rest is not (…企业).
    """

    id: str = ""
    words: tuple[YamlText, ...] = Field(min_length=1)
    fact: str | None = None
    when: str | None = None
    names: Literal["who", "what"] = "what"
    kind: SubjectKind | None = Field(default=None, alias="for")
    units: Mapping[str, YamlInt] = Field(default_factory=dict)
    bare: CompareOp | None = None
    elapsed: YamlBool = False
    until: str | None = None
    codes: Mapping[str, str] = Field(default_factory=dict)
    tied: YamlBool = False
    head: YamlBool = False

    @model_validator(mode="after")
    def says_one_thing(self) -> Phrase:
        if self.fact is not None and self.when is not None:
            raise ValueError("give `fact` or `when`, not both")
        if self.fact is None and self.when is None and self.kind is None:
            raise ValueError("say what the words mean: `fact`, `when`, or whom they are `for`")
        if self.head and (self.kind is None or self.fact is not None or self.when is not None):
            raise ValueError("a `head` says whom it is `for` and nothing else")
        for words in self.words:
            wordings(words)
        return self

    @property
    def has_slot(self) -> bool:
        return any(SLOT in words for words in self.words)


@lru_cache(maxsize=4096)
def wordings(words: str) -> tuple[str, ...]:
    """Every wording that the notation allows, in half-width forms. Raises ValueError for brackets that do not close."""
    packed = "".join(words.split())
    found, end = _several(packed, 0, "")
    if end != len(packed):
        raise ValueError(f"`{words}`: a bracket is closed that was not opened")
    plain = tuple(dict.fromkeys(fold(each) for each in found))
    if any(not each.replace(SLOT, "") and SLOT not in each for each in plain):
        raise ValueError(f"`{words}` may be nothing at all")
    if any(each.count(SLOT) > 1 for each in plain):
        raise ValueError(f"`{words}` has more than one {SLOT}")
    return plain


def _several(text: str, at: int, until: str) -> tuple[list[str], int]:
    """The wordings from `at` to the closing mark, and the place after them."""
    whole: list[str] = []
    found = [""]
    while at < len(text) and text[at] not in "]>":
        if text[at] in "[<":
            inner, at = _bracket(text, at)
            found = [before + each for before in found for each in inner]
        elif text[at] == "|" and until:
            whole, found, at = [*whole, *found], [""], at + 1
        else:
            found, at = [before + text[at] for before in found], at + 1
        if len(found) > MOST_WORDINGS:
            raise ValueError(f"`{text}` allows more than {MOST_WORDINGS} wordings")
    return [*whole, *found], at


def _bracket(text: str, at: int) -> tuple[list[str], int]:
    close = {"[": "]", "<": ">"}[text[at]]
    inner, end = _several(text, at + 1, close)
    if end >= len(text) or text[end] != close:
        raise ValueError(f"`{text}`: `{text[at]}` is not closed")
    return ([*inner, ""] if close == "]" else inner), end + 1


def phrase_fault(phrase: Phrase, catalogue: Catalogue) -> tuple[tuple[str, ...], str] | None:
    """What does not fit the pack's facts: the key it stands at, and what is wrong. None for a good phrase."""
    if phrase.when is not None:
        return _rule_fault(phrase.when, catalogue)
    if phrase.fact is None:
        return None
    fact = catalogue.get(phrase.fact)
    if fact is None:
        return ("fact",), unknown_fact(phrase.fact, catalogue.facts)
    if phrase.until is not None and phrase.until not in catalogue.facts:
        return ("until",), unknown_fact(phrase.until, catalogue.facts)
    return _slot_fault(phrase, fact)


def _rule_fault(rule: str, catalogue: Catalogue) -> tuple[tuple[str, ...], str] | None:
    try:
        Resolver(catalogue).condition(parse(rule))
    except RuleError as wrong:
        return ("when",), str(wrong)
    return None


def _slot_fault(phrase: Phrase, fact: Fact) -> tuple[tuple[str, ...], str] | None:
    slots = {SLOT in wording for words in phrase.words for wording in wordings(words)}
    if fact.type == "bool":
        return (("words",), f"`{fact.id}` is true or false: its words have no {SLOT}") if True in slots else None
    if fact.type not in ("int", "date", "code"):
        return ("fact",), f"`{fact.id}` is {fact.type}: say it with `when`"
    if slots != {True}:
        return ("words",), f"`{fact.id}` is {fact.type}: {SLOT} must say where its value stands"
    if fact.type == "int" and not phrase.units:
        return ("fact",), f"`{fact.id}` is counted: say its `units`"
    if fact.type == "date" and (strange := phrase.units.keys() - TIMES):
        return ("units",), f"lengths of time are in 年, 个月 and 天, not {', '.join(sorted(strange))}"
    if fact.type == "code":
        if not phrase.codes:
            return ("fact",), f"`{fact.id}` has codes: say the words for them in `codes`"
        if strange := {code for code in phrase.codes.values() if code not in fact.codes}:
            return ("codes",), f"`{fact.id}` has no code {', '.join(sorted(strange))}. Known: {', '.join(fact.codes)}"
    return None
