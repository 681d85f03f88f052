"""What a demo loads before it serves, and what of it is loaded already. Each step is one command of `bin/guiyan`."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from guiyan.cli.environment import ROOT, say
from guiyan.kernel.errors import Refused
from guiyan.kernel.postgres import Dsn
from guiyan.packs.yamltree import read_tree


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

    @property
    def documents(self) -> list[Path]:
        """The policy documents that lie with the pack."""
        folder = self.pack / "documents"
        return sorted(path for path in folder.glob("*") if path.suffix in (".txt", ".docx"))


@dataclass(frozen=True)
class Step:
    """command: empty when this city has nothing of the kind.

    digest: of everything the step's result depends on; the step runs again when it changed.
    """

    label: str
    command: Callable[[Demo], list[str]]
    digest: Callable[[Demo], str]


# The sample work begins three weeks before the demo opens; from there the clock runs on and is moved by hand.
BEGINS = "2026-05-18T08:30"
OPENS = "2026-06-08T09:00"
KEPT_LINES = 15
QUIET_SECONDS = 5

STEPS = (
    Step("迁移", lambda demo: ["migrate"], lambda demo: files_digest(ROOT.glob("src/guiyan/**/migrations/*.py"))),
    Step("城市包", lambda demo: ["pack", "apply", str(demo.pack)], lambda demo: pack_digest(demo)),
    Step("业务时钟", lambda demo: ["clock", f"--begin={BEGINS}", "--reason=演示从这一天开始"], lambda demo: BEGINS),
    Step("文件", lambda demo: import_documents(demo), lambda demo: files_digest(demo.documents)),
    Step("示例人口", lambda demo: seed_people(demo), lambda demo: str(demo.people)),
    Step("示例办件", lambda demo: ["sample", f"--until={OPENS}"], lambda demo: OPENS),
)


def seed_people(demo: Demo) -> list[str]:
    return ["seed", f"--people={demo.people}", f"--until={OPENS[:10]}"]


def import_documents(demo: Demo) -> list[str]:
    return ["documents", "--publish", *map(str, demo.documents)] if demo.documents else []


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
    declared = demo.pack / "city.yaml"
    if declared.is_file() and read_tree(declared, "city.yaml").mapping().get("sample") != "true":
        raise Refused(
            f"“{demo.city}”的城市包没有示例人员、事项和账号（city.yaml 里没有 sample: true），不能演示。"
            f"它的政策可以用 bin/guiyan screen --city {demo.city} 查。"
        )
    loaded = marker.facts.setdefault("city", demo.city)
    if loaded != demo.city:
        raise Refused(
            f"这里已装入“{loaded}”。要换成“{demo.city}”，请加 --fresh（清空重来），或用 GUIYAN_HOME 另指目录。"
        )


def run_step(step: Step, demo: Demo, environment: Mapping[str, str], log: Path) -> None:
    """Run one step's command; all it says goes to the log, the latest of it is shown."""
    command = [sys.executable, "-m", "guiyan.cli.main", *step.command(demo)]
    latest = Latest()
    with open(log, "a", encoding="utf-8") as file:
        file.write(f"== {' '.join(command)}\n")
        file.flush()
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE, text=True, env=dict(environment))
        assert process.stderr is not None
        try:
            for line in process.stderr:
                file.write(line)
                latest.show(line.rstrip())
            status = process.wait()
        finally:
            process.terminate()
            latest.clear()
    if status:
        raise Refused(f"“{step.label}”这一步没有完成：\n{latest.end()}\n全部日志：{log}")


class Latest:
    """The latest words of a long command: one line that changes on a terminal, elsewhere a line now and then."""

    def __init__(self) -> None:
        self.words: deque[str] = deque(maxlen=KEPT_LINES)
        self.shown = time.monotonic()

    def show(self, words: str) -> None:
        self.words.append(words)
        if sys.stderr.isatty():
            width = shutil.get_terminal_size().columns // 2 - 8  # a Chinese sign is two columns wide
            print(f"\r\033[K      {words[:width]}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - self.shown > QUIET_SECONDS:
            self.shown = time.monotonic()
            say(f"      {words}")

    def clear(self) -> None:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def end(self) -> str:
        return "\n".join(self.words)


def pack_digest(demo: Demo) -> str:
    """The pack's files and the code that reads them."""
    return files_digest([*demo.pack.rglob("*"), *ROOT.glob("src/guiyan/packs/**/*.py")])


def files_digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
