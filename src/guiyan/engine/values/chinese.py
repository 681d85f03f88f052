"""Chinese text at its lowest: half-width forms, and numbers written in characters."""

from __future__ import annotations

_FOLD: dict[int, str] = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_FOLD |= dict.fromkeys(map(ord, "〔[【〖〈［﹝﹙"), "(") | dict.fromkeys(map(ord, "〕]】〗〉］﹞﹚"), ")")
_FOLD |= dict.fromkeys(map(ord, "—–－―−─"), "-") | dict.fromkeys(map(ord, "～〜∼"), "~")
_FOLD |= dict.fromkeys(map(ord, "「『"), "“") | dict.fromkeys(map(ord, "」』"), "”")
_FOLD |= {ord("∶"): ":", ord("﹕"): ":", ord("﹔"): ";", ord("﹐"): ",", ord("﹪"): "%"}
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def fold(text: str) -> str:
    """The same text in half-width forms. One character stays one character."""
    return text.translate(_FOLD)


def chinese_number(word: str) -> int:
    """一百二十三 → 123; digits are read as they are."""
    if word.isdigit() and word.isascii():
        return int(word)
    total = digit = 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGIT.get(char, 0)
    return total + digit
