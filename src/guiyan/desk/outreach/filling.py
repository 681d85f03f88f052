"""Where an officer goes to bring in what is not known: the register or the lists that would tell the fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from guiyan.packs.pack import Pack
from guiyan.registers.queries import registers_telling

RECEIVED = "received"


@dataclass(frozen=True)
class Filling:
    label: str
    href: str


def filling_of(pack: Pack, fact: str) -> Filling:
    """The first register that tells the fact; the page of all registers where none does."""
    if fact == RECEIVED:
        return Filling("去导入比对名单", reverse("registers:lists"))
    for register in registers_telling(pack, fact):
        return Filling(f"去补{register.label}", reverse("registers:list", args=[register.id]))
    return Filling("去看名录", reverse("registers:index"))
