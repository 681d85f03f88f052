"""`bin/guiyan seed`: fill the registers with invented people and firms, the same for the same seed."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date, datetime

from guiyan.cli.environment import say


def run(arguments: list[str]) -> int:
    """Prints a JSON summary. Filling again with the same numbers changes nothing."""
    options = parsed(arguments)
    from guiyan.kernel import releases
    from guiyan.kernel.calendar import today
    from guiyan.kernel.errors import Refused
    from guiyan.registers.sample.fill import fill

    if options.start:
        start_clock(options.start)
    pack = releases.current()
    if not pack.city.sample:
        raise Refused(f"{pack.city.name}的城市包不是演示用的（sample: true），不能填入示例人员。", "no-sample")
    summary = fill(
        pack,
        count=options.people,
        seed=options.seed,
        until=options.until or today(),
        tell=lambda done: say(f"示例人员 {done:,}/{options.people:,}"),
    )
    told = {**asdict(summary), "until": summary.until.isoformat(), "seconds": round(summary.seconds, 2)}
    print(json.dumps(told, ensure_ascii=False))
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan seed", description="填入虚构的示例人员、企业和返乡记录。")
    parser.add_argument("--people", type=int, default=20_000, help="多少人（默认20000）")
    parser.add_argument("--seed", type=int, default=2025, help="随机种子：相同的种子给出相同的人")
    parser.add_argument("--until", type=date.fromisoformat, help="记录到哪一天（默认业务时钟的今天）")
    parser.add_argument(
        "--start", type=datetime.fromisoformat, help="业务时钟还没有调过时，先调到这一刻，例如 2026-06-08T09:00"
    )
    options = parser.parse_args(arguments)
    if options.people < 0:
        parser.error("--people 不能小于0")
    return options


def start_clock(start: datetime) -> None:
    """Where the demonstration begins, once."""
    from django.utils import timezone

    from guiyan.kernel.actors import SYSTEM
    from guiyan.kernel.calendar import moves
    from guiyan.kernel.clock_moves import move_clock
    from guiyan.kernel.scope import Scope, entered

    with entered(Scope.system()):
        if not moves():
            move_clock(SYSTEM, to=timezone.make_aware(start), reason="演示开始")
