"""The city's last facts are kept whole or not at all, and a rule is counted over them by county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from guiyan.engine.population import FactsFile, PopulationError, engine, plan_of
from guiyan.engine.rules import CompiledMeasure, compile_measure
from guiyan.insights import snapshot
from guiyan.insights.matching.counting import count_rule
from guiyan.insights.snapshot import kept as kept_facts
from guiyan.insights.snapshot.tasks import take_all
from guiyan.kernel import calendar
from guiyan.kernel.regions import subtree
from guiyan.packs import Pack
from guiyan.registers.sample.fill import fill
from tests.registers.factories import COUNTY

pytestmark = pytest.mark.usefixtures("scoped_db")
Clock = Callable[[str], object]


@pytest.fixture
def day(at: Clock, settings: object, tmp_path: Path) -> date:
    settings.GUIYAN_HOME = tmp_path / "home"  # type: ignore[attr-defined]
    at("2026-06-08 09:00")
    return calendar.today()


def with_limit(pack: Pack, years: int) -> CompiledMeasure:
    """The subsidy for graduates' loans with another age limit."""
    measure = pack.measures["graduate-loan-person"]
    (version,) = measure.versions
    age = version.conditions["age"].model_copy(update={"when": f"age_years <= {years}"})
    changed = version.model_copy(update={"conditions": {"age": age}})
    return compile_measure(measure.model_copy(update={"versions": (changed,)}), pack.catalogue, pack.stacking)


def test_a_snapshot_holds_everybody_by_county(pack: Pack, day: date) -> None:
    fill(pack, count=150, seed=7, until=day)
    told: list[int] = []
    taken = snapshot.take(pack, "person", told.append)
    assert snapshot.latest(pack, "person") == taken
    file = snapshot.open_kept(taken, pack)
    assert file is not None
    by_county = dict(file.scan().group_by("county").len().collect().iter_rows())
    assert by_county == {code: rows for code, rows in taken.counties.items() if rows}
    assert taken.rows == sum(by_county.values()) == max(told) and len(by_county) > 3


def test_a_try_that_failed_leaves_nothing(pack: Pack, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: FactsFile) -> None:
        raise PopulationError("a value that cannot be")

    monkeypatch.setattr(kept_facts, "check", refuse)
    with pytest.raises(PopulationError):
        snapshot.take(pack, "person")
    assert snapshot.latest(pack, "person") is None and not list(kept_facts.home_of("person").iterdir())


def test_what_a_killed_try_left_is_cleared_by_the_next(pack: Pack, day: date) -> None:
    left = kept_facts.home_of("person") / ".1" / "county=421221000000"
    left.mkdir(parents=True)
    (left / "part-00000.parquet").write_bytes(b"PAR1")
    assert snapshot.latest(pack, "person") is None
    taken = snapshot.take(pack, "person")
    assert [each.name for each in kept_facts.home_of("person").iterdir()] == ["1"] == [taken.folder.name]


def test_the_one_before_the_last_stays_for_its_readers(pack: Pack, day: date) -> None:
    folders = [snapshot.take(pack, "person").folder for _ in range(3)]
    assert [folder.exists() for folder in folders] == [False, True, True]


def test_other_facts_ask_for_a_new_snapshot(pack: Pack, day: date) -> None:
    snapshot.take(pack, "person")
    fewer = pack.model_copy(update={"facts": {k: v for k, v in pack.facts.items() if k != "age_years"}})
    assert snapshot.latest(fewer, "person") is None


def test_a_rule_is_counted_by_county_beside_the_one_in_force(pack: Pack, day: date) -> None:
    fill(pack, count=400, seed=7, until=day)
    assert count_rule(with_limit(pack, 45), day) is None
    assert set(take_all(pack)) == {"person", "organisation"}
    wider = count_rule(with_limit(pack, 60), day, before=with_limit(pack, 30))
    assert wider is not None and wider.as_of.date() == day
    people = pl.scan_parquet(kept_facts.home_of("person") / "1" / "**" / "*.parquet").collect()
    ages = people["age_years"]
    total = wider.total
    assert total.yes == (ages <= 60).sum() and total.unknown == ages.null_count()
    assert total.came == ((ages > 30) & (ages <= 60)).sum() > 0 and total.left == 0
    assert total.yes_before == (ages <= 30).sum()
    assert wider.subjects == people.height and len(wider.rows) > 3
    assert wider.missing == ((("age_years", total.unknown),) if total.unknown else ())


def test_only_counties_that_lie_in_the_place_are_counted(pack: Pack, day: date) -> None:
    fill(pack, count=200, seed=7, until=day)
    taken = snapshot.take(pack, "person")
    found = count_rule(with_limit(pack, 200), day, subtree(COUNTY))
    assert found is not None and [row.county for row in found.rows] == [COUNTY]
    assert found.subjects == taken.counties[COUNTY]
    assert count_rule(with_limit(pack, 200), day, subtree(421224101000)) is None


def test_who_is_undecided_is_counted_by_the_fact_that_is_wanting(pack: Pack, day: date) -> None:
    fill(pack, count=200, seed=7, until=day)
    snapshot.take(pack, "person")
    subsidy = pack.compiled["startup-subsidy"]
    found = count_rule(subsidy, day)
    assert found is not None and found.total.unknown > 0
    file = snapshot.open_kept(snapshot.latest(pack, "person"), pack)
    rows = written_rows(subsidy, file, day)
    wanted = rows.filter(pl.col("verdict") == "unknown").explode("missing").group_by("missing").len()
    assert dict(found.missing) == dict(wanted.iter_rows())
    assert found.total.yes == (rows["verdict"] == "yes").sum()


def written_rows(measure: CompiledMeasure, file: FactsFile, day: date) -> pl.DataFrame:
    out = file.paths[0].parents[3] / "rows.parquet"
    engine("polars").write_rows(plan_of([measure], day), file, out)
    return pl.read_parquet(out)
