"""The pack of Xianning: true to the document, complete for the loop, the same after it was stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guiyan.engine.rules.golden import difference
from guiyan.packs import PERMISSIONS, Pack

from .folders import REPOSITORY

SHARED = REPOSITORY.parent / "shared"
GOLD = SHARED / "parse-eval" / "gold" / "xianning-2025-homecoming.json"
ACCOUNTS = """
    liuchunyan wangjian xumei lihuifang yuanmei chenjing zhoumin zhengwei huanglei wuqiang xurong fangyun tanming yuhong
    marketchecker townchecker sunli helin linzong duanyan shenji caoyun yunwei luojing panjian qinlan yemin tangjie
    fangyu lulin pengyue kexin guping hanyu shiyong maolin
    hejun dengfei shiyu dengke xiongwei kongqing yanhong
"""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    assert GOLD.is_file(), "the shared documents stand beside the repository"
    content: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    return content


def names_of(pack: Pack) -> set[str]:
    """Every name by which a unit or collective of the city is found."""
    units = [unit for unit in pack.units.values() if unit.region in (pack.city.region, 421202900000)]
    of_units = {name for unit in units for name in (unit.name, unit.short_name, *unit.aliases)}
    return of_units | {name for collective in pack.collectives.values() for name in collective.names}


def test_every_unit_that_the_document_names_is_found(xianning: Pack, document: dict[str, Any]) -> None:
    named = {name for task in document["tasks"] for name in (*task["lead_units"], *task["responsible_units"])}
    assert len(named) > 40
    assert named - names_of(xianning) == set()


def test_collectives_fan_out(xianning: Pack) -> None:
    assert len(xianning.collectives["counties"].members) == 6
    assert len(xianning.collectives["places"].members) == 7
    assert all(member in xianning.units for each in xianning.collectives.values() for member in each.members)


def test_an_abolished_bureau_leads_to_the_one_that_took_over(xianning: Pack) -> None:
    unit = xianning.units["4212-former-poverty-relief"]
    while unit.successor is not None:
        unit = xianning.units[unit.successor]
    assert unit.short_name == "市农业农村局" and unit.valid_to is None


def test_every_county_has_the_bureaus_of_the_loop(xianning: Pack) -> None:
    for county in ("421202", "421221", "421222", "421223", "421224", "421281"):
        for kind in ("human-resources", "market-regulation", "finance", "government"):
            assert f"{county}-{kind}" in xianning.units


def test_regions_reach_down_to_villages_and_the_zone_lies_in_its_district(xianning: Pack) -> None:
    levels = {level: sum(region.level == level for region in xianning.regions.values()) for level in LEVELS}
    assert levels == {"city": 1, "county": 6, "zone": 1, "township": 89, "village": 1096}
    assert xianning.regions[421202900000].parent == 421202000000
    assert xianning.regions[421224107000].name == "大畈镇"


LEVELS = ("city", "county", "zone", "township", "village")


def test_every_number_the_document_promises_is_an_indicator(xianning: Pack, document: dict[str, Any]) -> None:
    declared = [(i.comparator, float(i.target), i.unit, i.kind) for i in xianning.indicators.values()]
    promised = [(i["comparator"], float(i["value"]), i["unit"], i["kind"]) for i in document["indicators"]]
    assert sorted(declared) == sorted(promised)


def test_the_indicators_of_the_loop_are_computed_and_each_says_how_it_is_counted(xianning: Pack) -> None:
    computed = {name for name, indicator in xianning.indicators.items() if indicator.computed is not None}
    assert {"new-returnee-businesses", "jobs-led", "chushang-signed-growth", "returnee-investment"} <= computed
    assert all(indicator.definition and indicator.source for indicator in xianning.indicators.values())


def test_the_measure_says_what_the_document_says_and_no_more(xianning: Pack, document: dict[str, Any]) -> None:
    measure = xianning.measures["startup-subsidy"]
    (version,) = measure.versions
    assert [condition.when for condition in version.conditions.values()] == [
        "is_returnee",
        "business_registrations = 1",
    ]
    assert measure.open_conditions == ("符合条件的",)
    assert measure.strength == "shall" and measure.clause.section == "二(七)"
    (written,) = [each for each in document["measures"] if each["beneficiary"] == "返乡人员"]
    assert version.benefit.amount_yuan == str(written["amount_max"]) == "5000"


def test_what_the_document_does_not_state_says_who_set_it(xianning: Pack) -> None:
    item = xianning.items["startup-subsidy"]
    settings = [item.limits_set_by, item.notice.set_by, item.payment.set_by]
    assert {*settings, *(check.set_by for check in item.checks.values())} == {"city-demo"}
    assert xianning.city.contacts["supervision"].set_by == "city-demo"


def test_golden_cases_give_what_they_say(xianning: Pack) -> None:
    assert {case.measure for case in xianning.examples} == set(xianning.measures)
    assert [case.title for case in xianning.examples if difference(case, xianning.compiled) is not None] == []


def test_the_accounts_of_the_demonstration_are_there(xianning: Pack) -> None:
    assert set(xianning.demo) == set(ACCOUNTS.split())
    residents = {name for name, account in xianning.demo.items() if account.resident}
    assert residents == {"liuchunyan", "wangjian", "xumei"}
    assert xianning.demo["zhoumin"].unit == "421224-human-resources"


def test_every_permission_belongs_to_some_role(xianning: Pack) -> None:
    assert {permission for role in xianning.roles.values() for permission in role.permissions} == PERMISSIONS


def test_who_accepts_can_not_review_in_the_loop(xianning: Pack) -> None:
    assert "case.review" not in xianning.roles["acceptor"].permissions
    assert "batch.sign" not in xianning.roles["batch-officer"].permissions + xianning.roles["rechecker"].permissions


def test_a_stored_pack_is_the_same_when_it_is_read_back(xianning: Pack) -> None:
    back = Pack.from_content(json.loads(xianning.content()))
    assert back == xianning
    assert back.digest == xianning.digest


def test_storing_keeps_the_order_of_codes_though_the_store_sorts_keys(xianning: Pack) -> None:
    as_a_database_returns_it = json.loads(json.dumps(json.loads(xianning.content()), sort_keys=True))
    back = Pack.from_content(as_a_database_returns_it)
    assert list(back.facts["degree"].codes) == ["none", "college", "bachelor", "master", "doctor"]
    assert list(back.forms["startup-subsidy"].fields) == list(xianning.forms["startup-subsidy"].fields)


def test_a_pack_can_not_be_changed(xianning: Pack) -> None:
    with pytest.raises(ValueError, match="frozen"):
        xianning.city.name = "别的市"  # type: ignore[misc]


def test_every_question_says_why_and_offers_values_that_fit(xianning: Pack) -> None:
    for name, fact in xianning.facts.items():
        if fact.derive is not None:
            continue
        if fact.question is None:
            assert fact.type in ("list", "map"), f"{name} can't be asked"
            continue
        for answer in fact.question.answers:
            value = [answer.value] if fact.type == "list" else answer.value
            xianning.catalogue.read_texts({name: value})


def test_no_sentence_of_the_document_is_copied_into_the_pack(xianning: Pack) -> None:
    path = SHARED / "policy-documents" / "xianning-2025-homecoming.txt"
    assert path.is_file()
    sentences = [part for line in path.read_text(encoding="utf-8").splitlines() for part in line.split("。")]
    long_ones = [part for part in sentences if len(part) > 40]
    files = [file for file in Path(REPOSITORY / "cities" / "xianning").rglob("*") if file.suffix in (".yaml", ".md")]
    written = "".join(file.read_text(encoding="utf-8") for file in files)
    assert len(long_ones) > 50 and not [part for part in long_ones if part in written]


COMPUTED = {
    "project": {
        "chushang-signed-growth",
        "chushang-investment-growth",
        "returnee-investment",
        "alumni-investment-growth",
    },
    "returnee": {"new-returnee-businesses", "jobs-led"},
    "firm": {"returnee-business-share"},
    "loans": {"guarantee-loans-issued"},
    "carrier": {
        "parks",
        "parks-per-county",
        "parks-provincial",
        "parks-municipal",
        "alumni-bases",
        "provincial-research-carriers",
        "municipal-roadshow-centres",
    },
}
REPORTED = {
    "county": {"chushang-packaged-projects", "chushang-events-per-county"},
    "city": {
        "chushang-events-per-taskforce",
        "chushang-dialogues",
        "alumni-talents",
        "tech-transfer-growth",
        "outside-experts",
        "local-conversion-rate",
        "high-growth-firms",
        "innovation-entities",
        "featured-courses",
        "municipal-featured-courses",
        "micro-majors",
        "part-time-mentors",
        "teachers-in-firms",
        "engineer-reserves",
        "roadshows-and-salons",
        "science-fund",
        "yearly-best-projects",
    },
}


def test_every_number_of_the_three_plans_is_counted_from_records_or_reported_by_a_unit(xianning: Pack) -> None:
    counted: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    for name, each in xianning.indicators.items():
        if each.computed is not None:
            counted.setdefault(each.computed.dataset, set()).add(name)
        else:
            told.setdefault(each.reported_by, set()).add(name)
    assert counted == COMPUTED and told == REPORTED
    assert len(xianning.indicators) == 34
    kinds = {(unit.kind, unit.region) for unit in xianning.units.values() if unit.valid_to is None}
    counties = [code for code, region in xianning.regions.items() if region.level == "county"]
    for each in xianning.indicators.values():
        assert each.definition and each.source
        places = counties if each.computed is None and each.reported_by == "county" else [xianning.city.region]
        assert all((each.reporter_kind, place) in kinds for place in places)
        assert (each.locker_kind, xianning.city.region) in kinds
