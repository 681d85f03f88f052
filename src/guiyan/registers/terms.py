"""Search terms: what a name can be found by when asked for its beginning.

A suffix asked by prefix is a search in the middle of the name, without a trigram index,
which row-level security would keep the planner from using.
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin

LONGEST = 40
# Words at the end of a firm's name that no one begins a search with.
FORMS = ("有限责任公司", "股份有限公司", "有限公司", "专业合作社", "个体工商户")

# Characters read differently when they are a surname.
# fmt: off
SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "查": "zha", "解": "xie", "区": "ou", "盖": "ge", "朴": "piao",
    "翟": "zhai", "员": "yun", "覃": "qin", "缪": "miao", "洗": "xian", "乐": "yue", "召": "shao", "种": "chong",
    "繁": "po", "句": "gou", "黑": "he", "折": "she", "秘": "bi", "郇": "xun", "能": "nai", "祭": "zhai", "隗": "wei",
    "卜": "bu", "都": "du",
}
# fmt: on
LONG_SURNAMES = {"尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "澹台": ("tan", "tai")}


@lru_cache(maxsize=20_000)
def search_terms(name: str, *, person: bool) -> tuple[tuple[str, str], ...]:
    """(term, kind) pairs of a name: itself and its suffixes, pinyin of each suffix (people), initials.

    kind: name | suffix | pinyin | initials.
    """
    text = clean(name)
    if not text:
        return ()
    found = [(text, "name")]
    shortest = 1 if person else 2
    found += [(text[i:], "suffix") for i in range(1, len(text) - shortest + 1) if person or text[i:] not in FORMS]
    syllables = surname_syllables(text) if person else tuple(map(syllable, text))
    starts = range(len(syllables)) if person else range(1)
    found += [("".join(syllables[i:])[:LONGEST], "pinyin") for i in starts]
    found.append(("".join(part[:1] for part in syllables)[:LONGEST], "initials"))
    return tuple(dict.fromkeys(pair for pair in found if pair[0]))


def clean(text: str) -> str:
    """What both sides of a search are reduced to: no spaces, brackets or dots, small letters."""
    return "".join(sign for sign in text.lower() if sign.isalnum())[:LONGEST]


@lru_cache(maxsize=20_000)
def syllable(sign: str) -> str:
    return str(lazy_pinyin(sign)[0])


def surname_syllables(name: str) -> tuple[str, ...]:
    for long_name, readings in LONG_SURNAMES.items():
        if name.startswith(long_name):
            return (*readings, *map(syllable, name[len(long_name) :]))
    return (SURNAMES.get(name[0]) or syllable(name[0]), *map(syllable, name[1:]))


def range_of_prefix(prefix: str) -> tuple[str, str]:
    """[low, high) of all terms that begin with the prefix, in code point order."""
    text = clean(prefix)
    return text, text[:-1] + chr(ord(text[-1]) + 1) if text else ""
