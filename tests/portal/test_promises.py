"""说到做到 shows figures with their targets, and nothing that nobody has counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from guiyan.insights.standing import Standing
from guiyan.plans.models import Indicator
from guiyan.portal import promises


def standing(value: Decimal | None) -> Standing:
    indicator = Indicator(
        name="新增返乡创业", target=Decimal(10_000), unit="人", comparator=">=", period="per_year", dataset="returnee"
    )
    percent = None if value is None else float(value / 100)
    return Standing(indicator, value, None, percent, 43.6, "ok", "正常", date(2026, 6, 8))


def test_a_figure_stands_with_its_target() -> None:
    told = promises.promise_of(standing(Decimal("5486.0000")))
    assert (told.label, told.value, told.unit, told.percent) == ("新增返乡创业", "5,486", "人", 54.86)
    assert (told.target, told.parts, told.time_percent) == ("目标每年不少于10,000人", "", 43.6)


def test_what_counties_report_is_not_shown_before_all_of_them_did(monkeypatch: pytest.MonkeyPatch) -> None:
    told = standing(Decimal(16))
    told.indicator.dataset = ""
    monkeypatch.setattr(promises, "standings", lambda: [told, standing(Decimal(1))])
    assert [one.value for one in promises.promises(4)] == ["1"]


def test_what_is_not_counted_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "standings", lambda: [standing(None), standing(Decimal(1)), standing(Decimal(2))])
    assert [one.value for one in promises.promises(4)] == ["1", "2"]
    assert len(promises.promises(1)) == 1
