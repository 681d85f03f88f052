"""The layers of `.importlinter`, read for the rules that import-linter cannot see."""

from __future__ import annotations

import configparser
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "guiyan"


@cache
def layer_heights() -> dict[str, int]:
    """Module name -> height; siblings share one."""
    lines = contract("layers")["layers"].split("\n")
    layers = [re.findall(r"\w+", line) for line in lines if line.strip()]
    return {name: len(layers) - depth for depth, names in enumerate(layers) for name in names}


def modules_with_inner_order() -> set[str]:
    return set(re.findall(r"guiyan\.(\w+)", contract("inside")["containers"]))


def contract(name: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser[f"importlinter:contract:{name}"]


def source_files() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the repository as git knows it, those that still exist."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file())


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:8000]
