"""What a demo loads before it serves, and what of it is loaded already. Each step is one command of `bin/guiyan`."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from guiyan.cli.environment import ROOT, say
from guiyan.kernel.errors import Refused
from guiyan.kernel.postgres import Dsn


@dataclass(frozen=True)
class Demo:
    """What was asked for on the command line."""

    city: str
    people: int
    home: Path
    cities: Path

    @property
    def pack(self) -> Path:
        return self.cities / self.city


@dataclass(frozen=True)
class Step:
    """digest: of everything the step's result depends on; the step runs again when it changed."""

    label: str
    command: Callable[[Demo], list[str]]
    digest: Callable[[Demo], str]


STEPS = (Step("迁移", lambda demo: ["migrate"], lambda demo: files_digest(ROOT.glob("src/guiyan/**/migrations/*.py"))),)


class Marker:
    """What this database holds, kept in a file beside it; a marker of another database counts for nothing."""

    def __init__(self, home: Path, database: str) -> None:
        self.path = home / "demo.json"
        self.database = database
        kept = json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}
        self.done: dict[str, str] = kept.get("done", {}) if kept.get("database") == database else {}
        self.facts: dict[str, str] = kept.get("facts", {}) if kept.get("database") == database else {}

    def save(self) -> None:
        content = {"database": self.database, "done": self.done, "facts": self.facts}
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(self.path)


def database_identity(dsn: Dsn) -> str:
    """Tells one cluster's database from any other, also from one made anew in the same place."""
    query = "SELECT system_identifier::text || '/' || d.oid FROM pg_control_system(), pg_database d WHERE datname = %s"
    with psycopg.connect(dsn.url("owner")) as connection:
        row = connection.execute(query, (dsn.dbname,)).fetchone()
    assert row is not None
    return str(row[0])


def check_city(demo: Demo, marker: Marker) -> None:
    """One installation holds one city; the sample people are made once."""
    if not demo.pack.is_dir():
        known = "、".join(sorted(path.name for path in demo.cities.iterdir() if path.is_dir()))
        raise Refused(f"没有“{demo.city}”的城市包。现有：{known}。")
    loaded = marker.facts.setdefault("city", demo.city)
    if loaded != demo.city:
        raise Refused(
            f"这里已装入“{loaded}”。要换成“{demo.city}”，请加 --fresh（清空重来），或用 GUIYAN_HOME 另指目录。"
        )


def run_step(step: Step, demo: Demo, environment: Mapping[str, str], log: Path) -> None:
    """Run one step's command; what it says goes to the log, and its progress on, indented."""
    command = [sys.executable, "-m", "guiyan.cli.main", *step.command(demo)]
    with open(log, "a", encoding="utf-8") as file:
        file.write(f"== {' '.join(command)}\n")
        file.flush()
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE, text=True, env=dict(environment))
        assert process.stderr is not None
        try:
            for line in process.stderr:
                file.write(line)
                say(f"      {line.rstrip()}")
            status = process.wait()
        finally:
            process.terminate()
    if status:
        raise Refused(f"“{step.label}”这一步没有完成。日志：{log}")


def files_digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
