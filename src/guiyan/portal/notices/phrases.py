"""A title in the pieces it may be broken into: by phrase first, and never inside a year, a day or a batch's number."""

from __future__ import annotations

import re
from dataclasses import dataclass

JOINTS = re.compile(r"(?<=关于)|(?=\d{4}年第)|(?=拟发放|拟认定|发放结果|认定结果)")
KEPT = re.compile(r"(\d{4}年(?:第\d+批|\d+月(?:\d+日)?)?|第\d+批|\d+月\d+日)")


@dataclass(frozen=True)
class Piece:
    """Some words of a phrase; `kept` ones stay on one line."""

    text: str
    kept: bool


def phrases_of(title: str) -> list[list[Piece]]:
    """通山县人社局关于 / 2026年第1批一次性创业补贴 / 拟发放人员的公示, each in its pieces."""
    return [pieces_of(phrase) for phrase in JOINTS.split(title) if phrase]


def pieces_of(phrase: str) -> list[Piece]:
    return [Piece(text, bool(KEPT.fullmatch(text))) for text in KEPT.split(phrase) if text]
