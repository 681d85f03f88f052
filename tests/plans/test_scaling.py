"""A demonstration's people are a part of the city's: what they are measured by is in proportion, the document stays."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from guiyan.insights.splitting import suggest
from guiyan.insights.standing import standings
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.packs import Pack
from guiyan.plans import actions
from guiyan.plans.actions.scaling import part_of, rounded
from guiyan.plans.models import Indicator
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]


@pytest.fixture
def founders(scoped_db: object, actor: Callable[[str], Actor], at: Callable[[str], object]) -> Indicator:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    actions.scale_targets(SYSTEM, people=3002)
    return Indicator.objects.get(definition="new-returnee-businesses")


def test_targets_counted_by_people_shrink_with_them_and_others_stay(founders: Indicator) -> None:
    goals = {x.definition: (x.goal, x.target) for x in Indicator.objects.exclude(definition="")}
    assert goals["new-returnee-businesses"] == (250, 10_000) and goals["jobs-led"] == (1_000, 40_000)
    assert goals["guarantee-loans-issued"] == (75_000_000, 3_000_000_000)
    assert goals["returnee-business-share"] == (40, 2)
    assert goals["parks"] == (14, 14) and goals["chushang-signed-growth"] == (10, 10)


def test_all_that_is_measured_takes_the_scaled_target(founders: Indicator) -> None:
    found = {x.indicator.definition: x for x in standings()}
    assert found["new-returnee-businesses"].target == 250
    assert sum(suggest(founders, 2026, "even").shares.values()) == 250


def test_a_whole_city_and_nobody_are_measured_as_printed(founders: Indicator) -> None:
    for people in (120_000, 500_000, 0):
        actions.scale_targets(SYSTEM, people=people)
        founders.refresh_from_db()
        assert founders.sample_target is None and founders.goal == 10_000


def test_a_real_city_is_never_scaled(founders: Indicator, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pack.model_copy(update={"city": pack.city.model_copy(update={"sample": False})})
    monkeypatch.setattr("guiyan.plans.actions.scaling.releases.current", lambda: real)
    with pytest.raises(Refused, match="不是演示用的"):
        actions.scale_targets(SYSTEM, people=3000)


@pytest.mark.parametrize(("value", "shown"), [("250.17", 250), ("1666.83", 1700), ("7.6", 8), ("75050000", 75_000_000)])
def test_a_scaled_target_is_a_round_number(value: str, shown: int) -> None:
    assert rounded(Decimal(value)) == shown


def test_a_pack_without_a_whole_scales_nothing(pack: Pack) -> None:
    without = pack.model_copy(update={"city": pack.city.model_copy(update={"sample_whole": None})})
    assert part_of(without, 3000) == 1


def test_pages_say_once_that_targets_are_the_demonstrations_and_what_is_printed(
    founders: Indicator, client_as: ClientAs
) -> None:
    leader = client_as("linzong")
    wall, indicator = (leader.get(f"/desk/cockpit/{path}").content.decode() for path in ("", f"{founders.pk}/"))
    assert wall.count("5个指标的演示目标按示例人口折算") == 1
    assert "250人" in indicator and "文件写的是不少于10,000人，演示目标按示例人口折算" in indicator
    assert leader.get("/desk/reports/weekly/").content.decode().count("演示目标按示例人口折算") == 1
    assert client_as("helin").get("/desk/indicators/").content.decode().count("演示目标按示例人口折算") == 1


def test_the_document_keeps_its_own_number(founders: Indicator, client_as: ClientAs) -> None:
    page = client_as("helin").get(f"/desk/documents/{founders.document_id}/?kind=indicator").content.decode()
    assert "1万人以上" in page and "250人" not in page
    assert founders.target_words == "不少于10,000人"
