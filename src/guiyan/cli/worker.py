"""`bin/guiyan worker`: the background jobs."""

from __future__ import annotations

import argparse


def run(argv: list[str]) -> int:
    argparse.ArgumentParser(prog="bin/guiyan worker", description="处理后台任务，Ctrl-C 停止。").parse_args(argv)
    from guiyan.kernel.jobs import run_worker

    run_worker()
    return 0
