"""`bin/guiyan db start|stop|status|url`: the embedded database server of this installation."""

from __future__ import annotations

import argparse
import json
import os

from guiyan.cli.environment import home
from guiyan.kernel import postgres
from guiyan.kernel.errors import Refused


def run(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/guiyan db", description="内置数据库：启动、停止、状态、地址。")
    parser.add_argument("action", choices=["start", "stop", "status", "url"])
    parser.add_argument("--role", choices=["app", "owner", "super"], default="app", help="url:以哪个角色登录")
    options = parser.parse_args(argv)
    if options.action == "url":
        print(postgres.resolve(home()).url(options.role))
        return 0
    if os.environ.get("DATABASE_URL"):
        raise Refused("已设置 DATABASE_URL,数据库不由本系统启停。")
    data_dir = postgres.data_dir_of(home())
    if options.action == "start":
        postgres.ensure(data_dir)
    elif options.action == "stop":
        postgres.stop(data_dir)
    status = postgres.status(data_dir)
    print(json.dumps({"state": status.state, "pid": status.pid, "data": str(status.data), "log": str(status.log)}))
    return 0
