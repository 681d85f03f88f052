"""`bin/guiyan migrate`: bring the tables up to date, as their owner."""

from __future__ import annotations

import argparse


def run(argv: list[str]) -> int:
    argparse.ArgumentParser(prog="bin/guiyan migrate", description="把数据库表更新到当前版本。").parse_args(argv)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    return 0
