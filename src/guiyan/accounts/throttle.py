"""Slowing down who guesses: passwords at the sign-in page, applicants' names at the progress page.

Counted three ways, by the real clock (moving the business clock must not open the door): what one address tries about
one name, what it tries about all names, and what all addresses together try about one name. The last bound is wide:
with a narrow one, anybody could lock out anybody whose user name they know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from guiyan.accounts.models import WrongTry
from guiyan.kernel import crypto

REST = timedelta(minutes=15)


@dataclass(frozen=True)
class Door:
    """How many wrong tries a quarter of an hour bears: of an address about a name, of an address, about a name."""

    name: str
    pair: int
    address: int
    about: int
    words: str


SIGN_IN = Door("sign-in", 5, 30, 50, "这个用户名连续输错5次，请15分钟后再试。")
PROGRESS = Door("progress", 5, 20, 30, "查错的次数太多，请15分钟后再查。急着查，可以扫回执上的进度码，或到窗口问。")


def is_resting(door: Door, about: str, address: str) -> bool:
    """Whether no more tries are taken for now; one query."""
    recent = WrongTry.objects.filter(door=door.name, at__gt=timezone.now() - REST)
    name, place = Q(about=about[:64]), Q(address=address)
    counts = recent.filter(name | place).aggregate(
        pair=Count("pk", filter=name & place), address=Count("pk", filter=place), about=Count("pk", filter=name)
    )
    return any(counts[each] >= getattr(door, each) for each in counts)


def note_failure(door: Door, about: str, address: str) -> None:
    WrongTry.objects.create(door=door.name, about=about[:64], address=address, at=timezone.now())


def forget_failures(door: Door, about: str, address: str) -> None:
    """Who came in from an address has shown that the wrong tries from there were slips."""
    WrongTry.objects.filter(door=door.name, about=about[:64], address=address).delete()


def forget_old_failures() -> None:
    WrongTry.objects.filter(at__lt=timezone.now() - REST).delete()


def address_of(request: HttpRequest) -> str:
    """A digest of where the request comes from. Behind GUIYAN_PROXIES of our own, what the outermost of them saw."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.GUIYAN_PROXIES:
        passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
        address = passed[-settings.GUIYAN_PROXIES] if len(passed) >= settings.GUIYAN_PROXIES else address
    return crypto.blind_index("address", address).hex()
