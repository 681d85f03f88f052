"""Booklets once made are kept under GUIYAN_HOME/booklets, by all that is printed in them: a change makes a new one."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings

from guiyan.portal.booklet.contents import Booklet
from guiyan.portal.booklet.typeset import as_pdf
from guiyan.portal.booklet.word import as_word

MAKERS: dict[str, Callable[[Booklet], bytes]] = {"pdf": as_pdf, "docx": as_word}
KEPT_SECONDS = 7 * 24 * 3600
HERE = Path(__file__).parent


def booklet_file(booklet: Booklet, kind: str) -> bytes:
    """The file, made now or taken from where it was kept. kind: pdf or docx."""
    return kept_file(f"{digest_of(booklet)}.{kind}", lambda: MAKERS[kind](booklet))


def kept_file(name: str, make: Callable[[], bytes]) -> bytes:
    """name: of all that is printed in it, so that another content is another file."""
    place = folder() / name
    if place.is_file():
        return place.read_bytes()
    made = make()
    clear_old(place.parent)
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    draft.write_bytes(made)
    os.replace(draft, place)
    return made


def folder() -> Path:
    place = Path(settings.GUIYAN_HOME) / "booklets"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def digest_of(booklet: Booklet) -> str:
    """Of the words and of the way they are set."""
    words = json.dumps(dataclasses.asdict(booklet), ensure_ascii=False)
    return hashlib.sha256(f"{setting()}\0{words}".encode()).hexdigest()


@cache
def setting() -> str:
    files = sorted([*HERE.glob("*.py"), *HERE.glob("*.typ")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def clear_old(place: Path) -> None:
    """The day of printing is on the cover, so that yesterday's are asked for no more."""
    limit = time.time() - KEPT_SECONDS
    for file in place.iterdir():
        if file.stat().st_mtime < limit:
            file.unlink(missing_ok=True)
