"""`bin/guiyan pack check|schema|plan|apply`: city packs. `check` and `schema` need no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from guiyan.cli.environment import say, set_up
from guiyan.packs import KINDS, Pack, PackErrors, Problem, find_pack, json_schema, load_pack
from guiyan.packs.editing import edited_versions

Tell = Callable[[str], None]


def run(argv: list[str]) -> int:
    """Exit status 0 done, 1 when the pack is refused: every problem on its own line, `file:line: message`."""
    options = parsed(argv)
    try:
        return WORK[options.action](options)
    except PackErrors as wrong:
        print(wrong, file=sys.stderr)
        print(f"{len(wrong.problems)} problem(s)", file=sys.stderr)
        return 1


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan pack", description="城市包：检查、说明、装入。")
    actions = parser.add_subparsers(dest="action", required=True)
    schemas = actions.add_parser("schema", help="输出文件格式（JSON Schema），供编辑器使用")
    schemas.add_argument("kind", nargs="?", choices=sorted(KINDS), help="文件种类；不写就输出全部")
    for name, words in (("check", "检查引用和规则，跑标准案例"), ("plan", "列出装入会改什么"), ("apply", "装入")):
        action = actions.add_parser(name, help=words)
        action.add_argument("city", help="城市包的名字，或城市包的目录")
    return parser.parse_args(argv)


def read(city: str, warn: Callable[[Problem], None] | None = None) -> Pack:
    return load_pack(Path(city) if "/" in city else find_pack(city), warn=warn)


def check(options: argparse.Namespace) -> int:
    warnings: list[str] = []
    pack = read(options.city, warn=lambda warning: warnings.append(str(warning)))
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    counted = ("regions", "units", "roles", "registers", "lists", "facts", "measures", "items", "forms", "flows")
    summary = {
        name: len(getattr(pack, name)) for name in (*counted, "plans", "indicators", "phrases", "examples", "demo")
    }
    print(
        json.dumps(
            {"ok": True, "city": pack.city.id, "digest": pack.digest, "warnings": warnings, **summary},
            ensure_ascii=False,
        )
    )
    return 0


def schema(options: argparse.Namespace) -> int:
    found = json_schema(options.kind) if options.kind else {kind: json_schema(kind) for kind in KINDS}
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


def plan(options: argparse.Namespace) -> int:
    """Prints one line for each change that `apply` would make to the register tables."""
    pack = read(options.city)
    set_up("owner")
    from guiyan.registers import schema as tables  # Django is started only for plan and apply

    for change in tables.plan(pack):
        print(change.says)
    for words in edited(pack):
        print(f"注意：{words}", file=sys.stderr)
    return 0


def edited(pack: Pack) -> list[str]:
    """What was changed of versions that are in force; nothing before a first release."""
    from guiyan.kernel import releases
    from guiyan.kernel.calendar import today
    from guiyan.kernel.scope import Scope, entered

    with entered(Scope.system()):
        try:
            return list(edited_versions(releases.current(), pack, today()))
        except releases.NoRelease:
            return []


def apply(options: argparse.Namespace) -> int:
    pack = read(options.city)
    set_up("owner")
    release = put_in_force(pack, tell=say)
    print(json.dumps({"release": release, "digest": pack.digest}))
    return 0


def put_in_force(pack: Pack, *, tell: Tell = lambda words: None) -> int:
    """Register tables first, as the owner; then units and the release together. Interrupted, it is simply run again."""
    from guiyan.accounts.actions import apply_units
    from guiyan.kernel import releases
    from guiyan.kernel.actors import SYSTEM
    from guiyan.kernel.scope import Scope, entered
    from guiyan.registers import schema as tables

    tables.apply(pack, tell=tell)
    with entered(Scope.system()):
        apply_units(SYSTEM, pack)
        return releases.apply(SYSTEM, pack)


WORK: dict[str, Callable[[argparse.Namespace], int]] = {"check": check, "schema": schema, "plan": plan, "apply": apply}
