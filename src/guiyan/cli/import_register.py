"""`bin/guiyan import --city NAME --register ID FILE`: a register's file; `--list ID --as-of DATE`: a list."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guiyan.cli.environment import home, say

if TYPE_CHECKING:
    from guiyan.registers.importing.faults import Fault


def run(arguments: list[str]) -> int:
    """Prints a JSON summary with the path of the error file (null when nothing is wrong)."""
    options = parsed(arguments)
    from guiyan.kernel import releases
    from guiyan.kernel.errors import Refused
    from guiyan.registers.importing.faults import write_error_file

    if not options.file.is_file():
        raise Refused(f"没有文件“{options.file}”。", "no-file")
    loaded = releases.current().city.id
    if options.city and options.city != loaded:
        raise Refused(f"这里装入的是“{loaded}”的城市包，不是“{options.city}”。", "other-city")
    told, found = bring_in_list(options) if options.list else bring_in(options)
    error_file = None
    if found:
        error_file = home() / "exchange" / "import-errors" / f"{options.file.stem}-错误.csv"
        write_error_file(error_file, found)
        say(f"有{len(found):,}处错误，见 {error_file}")
    print(json.dumps({**told, "error_file": str(error_file) if error_file else None}, ensure_ascii=False))
    return 0


def bring_in(options: argparse.Namespace) -> tuple[dict[str, object], list[Fault]]:
    from guiyan.kernel.actors import SYSTEM
    from guiyan.registers.actions import import_rows

    summary = import_rows(
        SYSTEM,
        register=options.register,
        path=options.file,
        source=options.source,
        at=options.as_of,
        dry_run=options.dry_run,
        tell=lambda rows: say(f"已读 {rows:,} 行"),
    )
    return summary.as_json(), summary.faults


def bring_in_list(options: argparse.Namespace) -> tuple[dict[str, object], list[Fault]]:
    from guiyan.kernel.actors import SYSTEM
    from guiyan.kernel.calendar import today
    from guiyan.kernel.errors import Refused
    from guiyan.registers.actions import import_list

    as_of = options.as_of or today()
    summary = import_list(
        SYSTEM,
        list_id=options.list,
        path=options.file,
        as_of=as_of,
        dry_run=options.dry_run,
        confirmed=options.confirm,
        said_empty=options.empty,
    )
    if summary.waits:
        raise Refused(
            f"名单没有换。{''.join(summary.doubts)}核对无误、确实要换的，加上 --confirm 再运行一次。", "confirm"
        )
    return summary.as_json(), summary.faults


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan import", description="按模板导入名录或比对名单（.xlsx、.csv）。")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--city", default="", help="城市包的名字（核对用）")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--register", help="名录的编号，例如 person")
    what.add_argument("--list", help="比对名单的编号，例如 paid-before")
    parser.add_argument("--source", default="", help="数据来源（默认名录的第一个来源）")
    parser.add_argument("--as-of", type=date.fromisoformat, help="数据反映哪一天的情况（默认今天）")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    parser.add_argument("--confirm", action="store_true", help="名单较旧或少了一半以上也换（先看过提示）")
    parser.add_argument("--empty", action="store_true", help="本期无记录：文件里只有表头，确实一个人也没有")
    options = parser.parse_args(arguments)
    if options.empty and not options.list:
        parser.error("--empty 只用于比对名单")
    return options
