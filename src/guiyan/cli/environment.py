"""What a command needs before it runs: Django, and a database that answers. One call, made by the dispatcher."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Literal

Need = Literal["nothing", "app", "owner"]

ROOT = Path(__file__).resolve().parents[3]


def home() -> Path:
    """Where this installation keeps its run-time state; the settings read the same variable."""
    return Path(os.environ.get("GUIYAN_HOME") or ROOT / ".guiyan").absolute()


def set_up(need: Need) -> None:
    """Start the embedded database if it is down and set Django up, signed in as `need`.

    A command whose subcommands differ says "nothing" in the table and calls this itself.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiyan.config.settings")
    if need == "nothing":
        return
    os.environ["GUIYAN_DB_ROLE"] = need
    know_the_demo()
    from guiyan.kernel.postgres import open_database

    # Before the settings are read: they ask where the server is.
    open_database(home())
    import django

    django.setup()


def know_the_demo() -> None:
    """A home that `bin/demo` filled stays a demo for every command: its city, its accounts, its movable clock."""
    marker = home() / "demo.json"
    if marker.exists():
        os.environ.setdefault("GUIYAN_DEMO", "1")
        city = json.loads(marker.read_text(encoding="utf-8")).get("facts", {}).get("city", "")
        os.environ.setdefault("GUIYAN_CITY", city)


def say(text: str) -> None:
    """Progress for people, on standard error: standard output belongs to programs."""
    print(text, file=sys.stderr, flush=True)
