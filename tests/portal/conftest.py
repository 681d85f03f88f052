"""A morning in June: a measure is in force, the county has money, the list of those paid before is there."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import releases
from guiyan.policies.actions import confirm_measure
from tests.cases import people

CITY = 421200000000


@pytest.fixture
def morning(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


@pytest.fixture
def in_force(morning: None) -> None:
    """The measure is confirmed beside the words of its document."""
    confirm_measure(
        actor_by_username("helin"),
        measure_id="startup-subsidy",
        document_id=1,
        document_title="示例实施方案",
        section="二(七)",
        quote="对返乡人员初次办理注册登记的，给予5000元一次性创业补贴。",
        item_id=1,
        read_amount_yuan=Decimal(5000),
        region=CITY,
    )


@pytest.fixture
def library(in_force: None) -> None:
    """All measures of the city are confirmed, each on words of its own."""
    for measure in releases.current().measures.values():
        if measure.id != "startup-subsidy":
            confirmed(measure.id, f"示例条款：{measure.title}。")


def confirmed(measure_id: str, quote: str) -> None:
    confirm_measure(
        actor_by_username("helin"),
        measure_id=measure_id,
        document_id=1,
        document_title="示例实施方案",
        section="二",
        quote=quote,
        item_id=1,
        read_amount_yuan=None,
        region=CITY,
    )
