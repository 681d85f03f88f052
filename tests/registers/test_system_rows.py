"""Rows A1 to A21 of the systems, each done once as its line in docs/systems.md says, read back where numbers show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from guiyan.insights.compute import amount_at
from guiyan.insights.periods import year_to
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.calendar import today
from guiyan.packs import Pack, find_pack, load_pack
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.papers import entry_paper
from guiyan.registers.sample.numbers import credit_code
from guiyan.registers.values import Value
from tests.registers.factories import COUNTY, a_returnee
from tests.registers.test_noun import a_listed_firm

pytestmark = pytest.mark.usefixtures("scoped_db")
DAY = date(2026, 5, 8)
CODE = credit_code("company", 981_000)


def said(register: str, source: str = "bureau", **values: Value) -> int:
    return actions.record(SYSTEM, register=register, values=values, source=source)


def happened(journal: str, about: int, source: str = "bureau", **values: Value) -> int:
    done = actions.add_happening(
        SYSTEM, register=journal, about=about, values={"region": COUNTY, **values}, source=source
    )
    return done.subject_id


def held(register: str, who: int, *names: str) -> list[Value]:
    cells = {cell.field.id: cell.value for cell in queries.entry_view(SYSTEM, register, who).cells}
    return [cells[name] for name in names]


def found(register: str, **asked: str) -> int:
    search = asked.pop("q", "")
    return queries.entry_list(SYSTEM, register, search=search, filters=asked).total


def test_a1_an_entrepreneur_is_found_by_industry_chamber_and_chain_with_visits_leads_and_projects() -> None:
    who = said(
        "chushang", name="示例楚商", number="CS2026-0901", native_place=COUNTY, kind="executive", chain="health",
        industry="生物医药", chamber="异地咸宁商会会长",
    )  # fmt: skip
    happened(
        "chushang-visit",
        who,
        visited_on=DAY,
        way="visit",
        topic="回乡",
        visited_by="招商局",
        has_lead=True,
        lead="想设点",
    )
    happened(
        "chushang-visit",
        who,
        visited_on=date(2026, 4, 1),
        way="call",
        topic="问候",
        visited_by="招商局",
        has_lead=False,
    )
    project = said(
        "project", name="示例项目", number="XM2026-9101", region=COUNTY, kind="chushang", stage="signed",
        chushang_number="CS2026-0901",
    )  # fmt: skip
    assert held("chushang", who, "visits", "last_visit", "leads", "lead", "home_projects") == [2, DAY, 1, "想设点", 1]
    assert [found("chushang", q="生物医药"), found("chushang", q="异地咸宁"), found("chushang", chain="health")] == [
        1,
        1,
        1,
    ]
    assert found("chushang", leads="1") == 1 and found("chushang", last_visit="2026-05") == 1
    said_again = {"stage": "dropped"}
    actions.record(SYSTEM, register="project", values=said_again, source="bureau", subject_id=project)
    assert held("chushang", who, "home_projects") == [0]


def test_a2_the_published_catalogue_shows_the_gap_and_every_hire_has_its_channel() -> None:
    said(
        "talent-demand", post="工艺工程师", number="YC2026-9001", year=2026, region=COUNTY, chain="food", needed=3,
        is_open=True,
    )  # fmt: skip
    said(
        "talent", name="示例人才", number="CC2026-9001", grade="skilled", region=COUNTY, chain="food", hired=True,
        hired_on=DAY, channel="fair", demand_number="YC2026-9001",
    )  # fmt: skip
    (row,) = queries.published("talent-demand").rows
    assert (row["post"], row["gap"]) == ("工艺工程师", 2)
    assert found("talent", channel="fair") == 1


def test_a4_a_silver_seed_is_coached_and_promoted(actor: Callable[[str], Actor]) -> None:
    firm = actions.record(SYSTEM, register="listed", values=a_listed_firm(), source="bureau")
    happened(
        "listed-coaching", firm, coached_on=DAY, topic="股权结构", coach="示例证券", note="梳理完毕", obstacle="没有"
    )
    words = {"reason": "评审通过", "evidence": "纪要"}
    for was, to in (("", "silver"), ("silver", "gold")):
        actions.decide_level(
            actor("zhengwei"), register="listed", subject_id=firm, to=to, was=was, decided_on=DAY, **words
        )
    assert held("listed", firm, "coachings", "coached_on", "coaching_note") == [1, DAY, "梳理完毕"]
    assert queries.entry_list(SYSTEM, "listed", level="gold").total == 1


def test_a8_the_projects_packaged_this_year_are_counted_against_the_hundred(pack: Pack) -> None:
    for number, release in enumerate(("released", "landed", "draft")):
        said(
            "packaged-project", source="sector" if release == "draft" else "office", name=f"示例{number}",
            number=f"ZS2026-91{number:02d}", region=COUNTY, chain="food", content="车间", investment=1_000_000,
            submitted_by="市商务局", packaged_on=DAY, release=release,
        )  # fmt: skip
    check = pack.indicators["chushang-packaged-projects"].check
    assert check is not None and amount_at(pack, check, year_to(date(2026, 6, 30)), pack.city.region) == 2


def test_a9_a_carrier_is_assessed_yearly_and_counted_by_tier_and_grade_against_the_plan(pack: Pack) -> None:
    known = {"region": COUNTY, "built_on": date(2024, 3, 1), "tier": "village"}
    park = said("carrier", "shared", name="示例园", number="ZT2026-9001", kind="park", grade="municipal", **known)
    said("carrier", "shared", name="示例路演", kind="roadshow", grade="municipal", **known)
    for year, result in ((2024, "rectify"), (2025, "excellent")):
        happened(
            "carrier-assessment", park, "shared", year=year, result=result, assessed_on=date(year + 1, 1, 8),
            document="通报",
        )  # fmt: skip
    assert held("carrier", park, "assessed_year", "assessment") == [2025, "excellent"]
    assert found("carrier", tier="village", grade="municipal", assessment="excellent") == 1
    on_carriers = {
        name: one for name, one in pack.indicators.items() if one.computed and one.computed.dataset == "carrier"
    }
    counted = {
        name: int(amount_at(pack, one.computed, year_to(today()), pack.city.region, stock=True))
        for name, one in on_carriers.items()
        if one.computed is not None
    }
    assert counted == {
        "parks-per-county": 1, "parks": 1, "parks-provincial": 0, "parks-municipal": 1,
        "alumni-bases": 0, "provincial-research-carriers": 0, "municipal-roadshow-centres": 1,
    }  # fmt: skip


def test_a12_five_a_county_a_year_are_counted_and_their_stories_are_published(pack: Pack) -> None:
    for number in range(3):
        who = said(
            "example", name=f"示例典型{number}", number=f"DX2026-90{number:02d}", region=COUNTY, trade="茶叶",
            recommended_on=DAY, story="从两间屋做起",
        )  # fmt: skip
    happened("example-story", who, title="竹乡来了新掌柜", kind="video", published_on=DAY, published_in="云上咸宁")
    page = Client().get("/registers/example/").content.decode()
    assert "示例典型2" in page and "云上咸宁" in page and "示例典型1" not in page
    of_yichang = load_pack(find_pack("yichang")).indicators["county-examples"]
    assert of_yichang.per_region and of_yichang.target == 5 and of_yichang.computed is not None
    assert amount_at(pack, of_yichang.computed, year_to(date(2026, 12, 31)), COUNTY) == 3


def test_a16_the_jobs_of_a_brand_are_those_of_its_shops() -> None:
    brand = said("labour-brand", name="示例茶匠", number="LP2026-9001", region=COUNTY, trade="茶叶")
    for number, is_open in enumerate((True, True, False)):
        code = credit_code("company", 981_100 + number)
        said(
            "brand-shop", name=f"示例店{number}", credit_code=code, brand_number="LP2026-9001", region=COUNTY,
            jobs_led=6, is_open=is_open,
        )  # fmt: skip
    assert held("labour-brand", brand, "shops", "jobs_led") == [2, 12]


def test_a17_what_a_station_did_this_year_is_public_with_its_contact() -> None:
    station = said(
        "station",
        name="示例联络站",
        number="LZ2026-9001",
        kind="office",
        region=COUNTY,
        located_in="深圳",
        contact="秘书处",
    )
    happened("station-activity", station, title="老乡座谈会", kind="talk", held_on=today())
    happened("station-activity", station, title="老乡座谈会", kind="talk", held_on=date(2020, 2, 29))
    for landed in (True, False):
        happened(
            "station-lead", station, lead="选仓库", kind="project", passed_on=today(), passed_to="招商局", landed=landed
        )
    assert held("station", station, "activities", "leads", "leads_home") == [1, 2, 1]
    (row,) = queries.published("station").rows
    assert (row["contact"], row["activities"], row["leads"]) == ("秘书处", 1, 2)


def test_a19_contracts_and_ratings_of_a_service_firm_follow_from_its_records(
    client_as: Callable[[str], Client],
) -> None:
    firm = said("service-org", name="示例代理", credit_code=CODE, kind="ip", region=COUNTY, blacklisted=False)
    for amount, rating in ((800_000, 5), (200_000, 4)):
        happened(
            "service-contract", firm, signed_on=DAY, subject_of="专利", client="示例", amount=amount, rating=rating
        )
    assert held("service-org", firm, "contracts", "contract_amount", "score") == [2, 1_000_000, 450]
    page = client_as("zhoumin").get(f"/desk/registers/service-org/{firm}/").content.decode()
    assert "服务合同汇总" in page and "2份" in page and "4.5分" in page


def test_a20_a_farm_leads_returnees_who_are_the_same_people_and_its_support_adds_up() -> None:
    returnee = said("returnee", "visit", **a_returnee())
    farm = said("agri-operator", name="示例农场", credit_code=CODE, kind="farm", region=COUNTY)
    happened("agri-led", farm, person_name="刘春燕", person_number=a_returnee()["id_number"], since=DAY, way="job")
    happened(
        "agri-support", farm, support="农机补贴", kind="machine", amount=1_200_000, given_on=DAY, given_by="农业农村局"
    )
    assert held("agri-operator", farm, "returnees_led", "supports", "support_amount") == [1, 1, 1_200_000]
    assert len(queries.naming(returnee, "led-here", 5)) == 1


def test_a21_the_evidence_goes_out_on_paper_and_the_result_comes_back(actor: Callable[[str], Actor]) -> None:
    who = said(
        "recommendation", name="示例返乡者", number="TJ2026-9001", region=COUNTY, kind="model", recommended_by="镇政府",
        evidence="带动20人就业", sent_to="县总工会", sent_on=DAY, result="waiting",
    )  # fmt: skip
    words = [
        pair
        for thing in entry_paper(actor("zhoumin"), "recommendation", who).chapters[0].things
        for pair in thing.facts
    ]
    assert ("事实依据", "带动20人就业") in words and ("送给谁", "县总工会") in words
    came = actions.record(
        SYSTEM,
        register="recommendation",
        values={"number": "TJ2026-9001", "result": "chosen", "result_on": DAY},
        source="decider",
    )
    assert came == who and found("recommendation", result="chosen") == 1


BOTH = (
    "packaged-project",
    "labour-brand",
    "brand-shop",
    "service-org",
    "service-contract",
    "agri-operator",
    "agri-led",
    "agri-support",
    "example",
    "example-story",
    "recommendation",
)


@pytest.mark.parametrize("name", BOTH)
def test_a_second_city_has_the_row_by_declaration_alone(pack: Pack, name: str) -> None:
    """Its totals count the same records in the same way; what differs is its own (who is led, which clause)."""

    def figures(register: Register) -> dict[str, object]:
        return {one.id: one.total for one in register.fields.values() if one.total is not None}

    theirs, ours = load_pack(find_pack("yichang")).registers[name], pack.registers[name]
    assert figures(theirs) == figures(ours) and theirs.journal == ours.journal
    assert theirs.clause is not None and theirs.clause.document == "yichang-2025-returnee-tasks"
    assert (theirs.publish is None) == (ours.publish is None) or name == "example"
