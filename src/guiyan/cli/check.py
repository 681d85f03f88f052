"""`bin/guiyan check`: does everything still agree with everything? Prints JSON; exit status 1 when it does not."""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guiyan.kernel.checks import Finding

# Each offers `findings()`; one line for each module that keeps something checkable.
CHECKS = (
    "guiyan.kernel.calendar.checks",
    "guiyan.kernel.releases.checks",
    "guiyan.kernel.workflow.checks",
    "guiyan.kernel.outbox.checks",
    "guiyan.kernel.files.checks",
    "guiyan.registers.checks",
    "guiyan.ledger.checks",
    "guiyan.lending.checks",
    "guiyan.cases.checks",
    "guiyan.notices.checks",
)


def run(argv: list[str]) -> int:
    argparse.ArgumentParser(prog="bin/guiyan check", description="核对账、单、流程、文件和审计封存。").parse_args(argv)
    found = list(findings())
    print(json.dumps({"ok": not found, "findings": [asdict(each) for each in found]}, ensure_ascii=False, indent=2))
    return 1 if found else 0


def findings() -> Iterator[Finding]:
    """Every finding of every module, in the system's scope, each module in one transaction."""
    from guiyan.kernel import audit
    from guiyan.kernel.scope import Scope, entered

    yield from audit.verify()
    for name in CHECKS:
        with entered(Scope.system()):
            yield from list(importlib.import_module(name).findings())
