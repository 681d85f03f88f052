"""The registers that the documents call for: declared, filled with a sample, found, linked, let out."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.keeping.conditions import lacking
from guiyan.registers.models import LevelChange, Relation
from guiyan.registers.sample.declared import Maker, fill_declared, in_order, reports_of
from guiyan.registers.sample.numbers import NOWHERE
from guiyan.registers.values import refuse_beyond_bounds
from tests.registers.factories import COUNTY, a_person

pytestmark = pytest.mark.usefixtures("scoped_db")
TODAY = date(2026, 6, 8)
WANTED = {
    "A1": ("chushang", {"kind", "chain", "native_place", "chamber", "last_visit", "lead", "home_investment"}),
    "A2": ("talent", {"grade", "field", "hired", "channel", "demand_number"}),
    "A2-catalogue": ("talent-demand", {"year", "needed", "held", "gap", "channel", "agency"}),
    "A3": ("alumni", {"school", "graduated", "id_number", "firm_credit_code", "project_number"}),
    "A4": ("listed", {"is_listed", "executive", "recommended_by", "coach", "coaching_note"}),
    "A8": ("packaged-project", {"chain", "submitted_by", "release", "packaged_on", "landed_number"}),
    "A9": ("carrier", {"grade", "tier", "valid_to", "assessed_year", "assessment"}),
    "A10": ("site", {"area", "land_area", "rent", "term_years", "enquiries", "deal_on"}),
    "A11": ("expert", {"field", "capacity", "hours", "served", "score", "grade"}),
    "A12": ("example", {"recommended_on", "story", "published_on", "is_ambassador", "ambassador_kind"}),
    "A13": ("investor", {"focus", "stages", "ticket_least", "ticket_most", "last_met", "deals"}),
    "A14": ("achievement", {"is_open_licence", "mode", "price", "licensee_credit_code"}),
    "A14-equipment": ("equipment", {"kind", "fee", "booking", "open_hours"}),
    "A15": ("product", {"origin", "price", "channel", "enquiries"}),
    "A16": ("labour-brand", {"recognised_on", "leader", "shops", "workers"}),
    "A16-shops": ("brand-shop", {"brand_number", "jobs_led"}),
    "A17": ("station", {"located_in", "contact", "activities", "leads"}),
    "A19": ("service-org", {"scope", "credit", "contracts", "score", "brokers"}),
    "A20": ("agri-operator", {"leader_id_number", "is_returnee_led", "supports", "returnees_led", "grade"}),
    "A21": ("recommendation", {"evidence", "sent_to", "result", "result_document"}),
    "A22": ("fee", {"charged_by", "standard", "basis"}),
    "A22-powers": ("power", {"kind", "unit", "basis"}),
}


@pytest.mark.parametrize("system", WANTED)
def test_the_register_of_a_system_holds_what_the_system_needs_and_says_where_it_comes_from(
    pack: Pack, system: str
) -> None:
    name, fields = WANTED[system]
    register = pack.registers[name]
    assert fields <= register.fields.keys()
    assert register.clause is not None or register.set_by
    assert any(source.by for source in register.sources.values())


def test_a_demonstration_has_entries_of_every_register_in_every_county_and_all_are_invented(pack: Pack) -> None:
    made = fill_declared(pack, TODAY)
    counties = sum(region.level == "county" for region in pack.regions.values())
    # Of whom nothing is invented here, nothing happened either.
    assert {one.id for one in pack.registers.values() if one.sample} - made.keys() == {
        "carrier-assessment",
        "mentor-service",
    }
    for register in pack.registers.values():
        if register.id in made:
            assert made[register.id] == register.sample * counties, register.id
            found = queries.entry_list(SYSTEM, register.id, region=COUNTY)
            assert found.total == register.sample, register.id
    assert fill_declared(pack, TODAY) == {}
    firm = queries.entry_list(SYSTEM, "investor", columns=["credit_code"], size=1).lines[0]
    assert NOWHERE in str(firm.values["credit_code"])
    # Shops lead to their brand and back, steps have been taken, packaged projects are published.
    assert Relation.objects.filter(kind="brand").count() == made["brand-shop"]
    assert LevelChange.objects.filter(register="listed", after="gold").exists()
    assert queries.published("packaged-project").total > 0


def test_invented_entries_keep_to_their_declaration(pack: Pack) -> None:
    """The generator knows registers by their declaration alone, and its entries pass the checks of a form."""
    maker = Maker(pack, TODAY, Random(1))
    for register in in_order(pack):
        for report in reports_of(maker, register, [COUNTY]):
            assert not list(lacking(register, report.values)), register.id
            for name, value in report.values.items():
                refuse_beyond_bounds(register.fields[name], value, today=TODAY)


def test_a_project_leads_to_the_entrepreneur_behind_it_and_back(pack: Pack) -> None:
    project = {"name": "竹木加工项目", "number": "XM2026-9001", "region": COUNTY, "kind": "chushang", "stage": "lead"}
    said = actions.record(
        SYSTEM, register="project", values={**project, "chushang_number": "CS2026-0901"}, source="bureau"
    )
    who = actions.record(
        SYSTEM,
        register="chushang",
        values={"name": "示例楚商", "number": "CS2026-0901", "native_place": COUNTY, "kind": "executive"},
        source="bureau",
    )
    assert [one.pk for one in queries.naming(who, "chushang", 5)] == [said]
    assert ("chushang", who) in [(kind, one.pk) for kind, one in queries.people_of(said)]
    actions.record(
        SYSTEM, register="project", values={"chushang_number": "CS2026-0902"}, source="statistics", subject_id=said
    )
    assert queries.naming(who, "chushang", 5) == []


def test_who_leads_a_farm_is_the_returnee_of_that_number(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    farm = {"name": "示例家庭农场", "credit_code": "93421299MA000001XX", "kind": "farm", "region": COUNTY}
    led = actions.record(
        SYSTEM,
        register="agri-operator",
        values={**farm, "leader_id_number": a_person()["id_number"], "leader_name": "刘春燕"},
        source="bureau",
    )
    assert [one.pk for one in queries.naming(who, "leader", 5)] == [led]
