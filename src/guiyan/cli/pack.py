"""`bin/guiyan pack check|schema|plan|apply|export`: city packs. `check` and `schema` need no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
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
        if name != "check":
            action.add_argument("--keep", action="append", default=[], metavar="措施", help="两边都改了的，留工作台的")
            action.add_argument("--take", action="append", default=[], metavar="措施", help="两边都改了的，用新文件的")
    export = actions.add_parser("export", help="把工作台上批准的规则修改写成城市包文件")
    export.add_argument("--to", metavar="目录", help="写到哪里；不写就是本市的城市包目录")
    export.add_argument("--over", action="store_true", help="文件被人改过也覆盖")
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
    """Prints one line for each change that `apply` would make to the register tables, and what the desk changed."""
    pack = read(options.city)
    set_up("owner")
    from guiyan.cli.pack_desk import merged_with_desk, refuse_conflicts, wanted_words
    from guiyan.kernel.scope import Scope, entered
    from guiyan.registers import schema as tables  # Django is started only for plan, apply and export

    with entered(Scope.system()):
        merged = merged_with_desk(pack, keep=options.keep, take=options.take)
    for change in tables.plan(pack):
        print(change.says)
    for words in wanted_words(merged):
        print(words)
    for words in edited(merged.pack):
        print(f"注意：{words}", file=sys.stderr)
    refuse_conflicts(merged)
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
    """What the desk changed stays, unless the files changed it too: then it is refused, or goes as was said."""
    pack = read(options.city)
    set_up("owner")
    from guiyan.kernel import releases
    from guiyan.kernel.scope import Scope, entered

    release = put_in_force(pack, tell=say, keep=options.keep, take=options.take)
    with entered(Scope.system()):
        print(json.dumps({"release": release, "digest": releases.release(release).digest}))
    return 0


def put_in_force(
    pack: Pack, *, tell: Tell = lambda words: None, keep: Sequence[str] = (), take: Sequence[str] = ()
) -> int:
    """Register tables first, as the owner; then units and the release together. Interrupted, it is simply run again."""
    from guiyan.accounts.actions import apply_units
    from guiyan.cli.pack_desk import merged_with_desk, refuse_conflicts, wanted_words
    from guiyan.kernel import releases
    from guiyan.kernel.actors import SYSTEM
    from guiyan.kernel.scope import Scope, entered
    from guiyan.registers import schema as tables

    with entered(Scope.system()):  # before anything is changed
        refuse_conflicts(merged_with_desk(pack, keep=keep, take=take))
    tables.apply(pack, tell=tell)
    with entered(Scope.system()):
        releases.wait_for_turn()
        merged = merged_with_desk(pack, keep=keep, take=take)
        refuse_conflicts(merged)
        apply_units(SYSTEM, pack)
        for words in wanted_words(merged):
            tell(words)
        release = releases.apply(SYSTEM, merged.pack, edits=merged.edits)
    tables.settle_figures(merged.pack, tell=tell)
    return release


def export(options: argparse.Namespace) -> int:
    """Prints the path of each file that it wrote; nothing when all is in the files already."""
    set_up("app")
    from guiyan.cli.pack_desk import write_files
    from guiyan.kernel import releases
    from guiyan.kernel.scope import Scope, entered

    with entered(Scope.system()):
        edits, city = releases.desk_edits(), releases.current().city.id
    if not edits.texts:
        say("工作台上没有还没取出来的规则修改。")
    for path in write_files(Path(options.to) if options.to else find_pack(city), edits, over=options.over):
        print(path)
    return 0


WORK: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": check,
    "schema": schema,
    "plan": plan,
    "apply": apply,
    "export": export,
}
