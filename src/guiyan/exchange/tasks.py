"""Packages are made behind."""

from __future__ import annotations

from guiyan.exchange.sending import MAKE, make_package
from guiyan.kernel import calendar, jobs, releases


@jobs.job(MAKE, label="上下交换：生成往来包", in_transaction=False)
def make(package_id: int) -> None:
    with calendar.held(), releases.held():
        make_package(package_id)
