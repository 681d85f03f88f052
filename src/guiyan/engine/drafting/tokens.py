"""A phrase of a document cut from left to right into known words, joining words, and words nobody knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from guiyan.engine.phrases.facts import kinds_of
from guiyan.engine.phrases.lexicon import Found, Lexicon
from guiyan.engine.rules import Catalogue
from guiyan.engine.rules.model import SubjectKind

TokenKind = Literal["known", "unknown", "noun", "left-open", "of", "and", "or", "list", "comma", "goes-on"]
LEFT_OPEN = re.compile(
    r"(?:符合|满足|达到|具备)(?:相关|有关|规定|上述|一定|相应|申报|申领)?(?:的)?(?:条件|要求|规定|标准)|"
    r"按(?:照)?(?:有关|相关)?规定|有条件|具备条件"
)
_JOINS: tuple[tuple[str, TokenKind], ...] = (
    *((word, "or") for word in ("或者是", "或者", "或是", "或")),
    *((word, "and") for word in ("而且", "并且", "同时", "且", "并")),
    *((word, "list") for word in ("以及", "、", "和", "及", "与")),
    *((word, "comma") for word in (",", ";", ":")),
    ("的", "of"),
)
_GOES_ON = re.compile(
    r"等(?:(?P<count>[\d一二两三四五六七八九十]{1,3})[类种项个])?(?:重点|特殊|特定|其他)?(?:人员|群体|人群|对象|主体|情形|条件)?"
)
_NUMBERED = re.compile(r"\([一二三四五六七八九十\d]{1,2}\)|[①-⑳]|\d{1,2}[.、](?!\d)")
_FILLERS = ("应当为", "应为", "须为", "属于", "应当", "须", "应", "是", "为", "系", "已")


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    start: int
    end: int
    found: Found | None = None
    count: str = ""

    def moved(self, by: int) -> Token:
        return replace(self, start=self.start + by, end=self.end + by)


def tokens_of(chars: str, lexicon: Lexicon, kind: SubjectKind | None) -> list[Token]:
    """The tokens of a phrase, without gaps: every character is known, joins, or stands in an unknown token.

    `noun`: unknown, but nothing else than nouns of one kind of subject, which no attribute before it can misunderstand.
    """
    tokens: list[Token] = []
    at = 0
    while at < len(chars):
        begins = not tokens or tokens[-1].kind in ("list", "comma")
        token = _number_at(chars, at) if begins else None
        token = token or _token_at(chars, at, lexicon, kind)
        if token.kind == "unknown" and tokens and tokens[-1].kind == "unknown":
            token = Token("unknown", tokens.pop().start, token.end)
        tokens.append(token)
        at = token.end
    return [_as_noun(chars, token, lexicon) for token in _without_fillers(chars, tokens)]


def _as_noun(chars: str, token: Token, lexicon: Lexicon) -> Token:
    plain = token.kind == "unknown" and lexicon.is_noun(chars[token.start : token.end])
    return replace(token, kind="noun") if plain else token


def _number_at(chars: str, at: int) -> Token | None:
    """(一) or ② before a member of a list."""
    number = _NUMBERED.match(chars, at)
    return Token("list", at, number.end()) if number else None


def _token_at(chars: str, at: int, lexicon: Lexicon, kind: SubjectKind | None) -> Token:
    found = chosen(lexicon.at(chars, at), kind, lexicon.catalogue)
    if found is not None:
        return Token("known", at, found.end, found)
    left_open = LEFT_OPEN.match(chars, at)
    if left_open is not None:
        return Token("left-open", at, left_open.end())
    for word, join in _JOINS:
        if chars.startswith(word, at):
            return Token(join, at, at + len(word))
    goes_on = _GOES_ON.match(chars, at)
    if goes_on is not None:
        return Token("goes-on", at, goes_on.end(), count=goes_on["count"] or "")
    return Token("unknown", at, at + 1)


def chosen(found: list[Found], kind: SubjectKind | None, catalogue: Catalogue) -> Found | None:
    """The meaning for the kind of subject; the first of any, which is refused later, where none is for that kind."""
    fits = (one for one in found if one.phrase.kind in (None, kind) and _asks(one, kind, catalogue))
    return next(fits, found[0] if found else None)


def _asks(one: Found, kind: SubjectKind | None, catalogue: Catalogue) -> bool:
    return one.tree is None or kind is None or kind in kinds_of(one.tree, catalogue)


def _without_fillers(chars: str, tokens: list[Token]) -> list[Token]:
    """属于, 应为 and 已 before known words add nothing; anywhere else they stay unknown."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        following = tokens[place + 1].kind if place + 1 < len(tokens) else ""
        begins = not kept or kept[-1].kind not in ("known", "unknown")
        if not (
            token.kind == "unknown" and following == "known" and begins and chars[token.start : token.end] in _FILLERS
        ):
            kept.append(token)
    return kept
