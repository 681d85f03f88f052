"""`bin/guiyan clock`: shows the business clock; in a demo, moves it forward or sets where the demo begins."""

from __future__ import annotations

import argparse
import datetime as dt
import json


def run(argv: list[str]) -> int:
    options = parsed(argv)
    from guiyan.kernel import calendar
    from guiyan.kernel.actors import SYSTEM
    from guiyan.kernel.clock_moves import move_clock
    from guiyan.kernel.scope import Scope, entered

    with entered(Scope.system()):
        # A demo that was cut short begins only once.
        moment = options.to or (None if calendar.moves() else options.begin)
        if moment is not None:
            move_clock(SYSTEM, to=moment, reason=options.reason)
    print(json.dumps({"now": calendar.now().isoformat()}))
    return 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan clock", description="业务时钟：查看；演示环境中可向后调。")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--to", type=moment, help="调到，例如 2026-06-08T09:00")
    which.add_argument("--begin", type=moment, help="演示从何时开始；已调过就不再动")
    parser.add_argument("--reason", default="命令行调整", help="原因，记入审计")
    return parser.parse_args(argv)


def moment(text: str) -> dt.datetime:
    """A time as written, in China's time unless it says otherwise."""
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.timezone(dt.timedelta(hours=8)))
