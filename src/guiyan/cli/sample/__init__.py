"""`bin/guiyan sample`: three weeks of work for the demonstration, done through the same actions as real work."""

from __future__ import annotations

import argparse
import json

from guiyan.cli.environment import say


def run(arguments: list[str]) -> int:
    """Prints a JSON summary. Does nothing where cases stand already."""
    parser = argparse.ArgumentParser(prog="bin/guiyan sample", description="填入示例预算和办件，各环节都有。")
    parser.add_argument("--until", default="2026-06-08T09:00", help="业务时钟最后停在哪一刻")
    options = parser.parse_args(arguments)
    from guiyan.cli.sample.arrivals import register_some
    from guiyan.cli.sample.exchange import exchange_some
    from guiyan.cli.sample.outreach import find_people
    from guiyan.cli.sample.pairing import pair_all
    from guiyan.cli.sample.rules import change_rules
    from guiyan.cli.sample.weeks import three_weeks
    from guiyan.cli.sample.what_if import try_out
    from guiyan.insights.snapshot.tasks import take_all
    from guiyan.kernel import calendar, releases
    from guiyan.kernel.scope import Scope, entered

    # As for a request or a job: the clock and the release are asked for once, and again when the clock was moved.
    with calendar.held(), releases.held():
        done = three_weeks(options.until, tell=say)
        say("服务专员、创业导师和服务记录")
        paired = pair_all()
        say("政策找人")
        outreach = find_people()
        say("首次登记")
        arrived = register_some()
        with entered(Scope.system()):
            kept = take_all(releases.current())
        say("政策试算")
        tried = try_out()
        say("规则修改")
        changed = change_rules()
        say("上下交换")
        exchanged = exchange_some()
        found = {"pairing": paired, "outreach": outreach, "arrivals": arrived, "facts": kept, "tried": tried}
        print(json.dumps({**done, **found, "rules": changed, "exchanged": exchanged}, ensure_ascii=False))
    return 0
