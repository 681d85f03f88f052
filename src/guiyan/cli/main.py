"""Find the command, hand it its arguments, turn refusals into words and an exit status.

A command is a module with `run(argv: list[str]) -> int`; add one line to COMMANDS. Nothing else is imported
before the command is known, so those that need no database start at once.
Exit status: 0 done, 1 refused (reason on standard error), 2 wrong usage.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

from guiyan.cli.environment import Need, set_up


class Command(NamedTuple):
    """needs: nothing; or the database, signed in as the application (app) or as the owner of the tables (owner)."""

    module: str
    words: str
    needs: Need = "nothing"


COMMANDS: dict[str, Command] = {
    "parse": Command("guiyan.cli.parse", "读取政策文件，输出任务、指标和政策（JSON），或与标注比较"),
    "bench": Command("guiyan.cli.bench", "测量速度：读文件（parse）、全体匹配（match）、人员比对（link）"),
    "screen": Command("guiyan.cli.screen", "按事实判断一个人或一家单位能享受什么（JSON）"),
    "match": Command("guiyan.cli.match", "按事实表（Parquet）为全体人员或单位找政策"),
    "pack": Command("guiyan.cli.pack", "城市包：检查、格式、变更、装入"),
    "link": Command("guiyan.cli.link", "两份人员名单里谁是谁：逐对说明理由（Parquet）"),
    "import": Command("guiyan.cli.import_register", "导入名录或比对名单（.xlsx、.csv）", needs="app"),
    "seed": Command("guiyan.cli.seed", "填入示例人员、企业和返乡记录", needs="app"),
    "sample": Command("guiyan.cli.sample", "填入示例预算和办件", needs="app"),
    "documents": Command("guiyan.cli.documents", "导入政策文件，供核对", needs="app"),
    "demo": Command("guiyan.cli.demo", "启动演示：数据库、城市包、示例数据和网站"),
    "serve": Command("guiyan.cli.serve", "启动网站进程"),
    "worker": Command("guiyan.cli.worker", "启动后台任务进程", needs="app"),
    "sms-peer": Command("guiyan.cli.sms_peer", "演示用的短信网关：收下、存着，不发给任何人"),
    "migrate": Command("guiyan.cli.migrate", "把数据库表更新到当前版本", needs="owner"),
    "check": Command("guiyan.cli.check", "核对账、单、流程、文件和审计封存（JSON）", needs="app"),
    "clock": Command("guiyan.cli.clock", "业务时钟：查看，演示中向后调", needs="app"),
    "healthz": Command("guiyan.cli.healthz", "询问网站是否正常"),
    "screenshots": Command("guiyan.cli.screenshots", "给运行中的演示逐页截图"),
    "db": Command("guiyan.cli.db", "内置数据库：启动、停止、状态、地址"),
    "django": Command("guiyan.cli.framework", "框架自带的命令（开发用）", needs="owner"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    name, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["help"]
    try:
        status = dispatch(name, rest)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader has left; keep the interpreter from complaining about it once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def dispatch(name: str, arguments: list[str]) -> int:
    if name in ("help", "-h", "--help"):
        print(overview())
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(unknown(name), file=sys.stderr)
        return 2
    from guiyan.kernel.errors import GuiyanError

    try:
        wants_help = "-h" in arguments or "--help" in arguments
        set_up("nothing" if wants_help else command.needs)
        return int(importlib.import_module(command.module).run(arguments))
    except GuiyanError as error:
        print(error, file=sys.stderr)
        return 1


def overview() -> str:
    lines = [f"  {name:<14}{command.words}" for name, command in COMMANDS.items()]
    return "\n".join(["用法：bin/guiyan 命令 [选项]", "", *lines, "", "每个命令加 --help 看它的选项。"])


def unknown(name: str) -> str:
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return f"没有“{name}”这个命令。" + (f"是不是 {near[0]}?" if near else "") + "运行 bin/guiyan help 看全部命令。"


if __name__ == "__main__":
    sys.exit(main())
