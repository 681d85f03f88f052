"""A wrong pack is refused with file, line and the nearest good name, all problems at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiyan.packs import PackErrors, find_pack

from .folders import copied, edit, problems

MEASURE = "measures/startup-subsidy.yaml"
ITEM = "items/startup-subsidy.yaml"
AWARD, RECOGNITION = "items/returnee-project-award.yaml", "items/returnee-project-recognition.yaml"
FORM = "forms/startup-subsidy.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (MEASURE, "when: is_returnee", "when: is_returned", "unknown fact `is_returned`. Did you mean is_returnee?"),
        (MEASURE, "business_registrations = 1", "business_registrations = yes", "unknown fact `yes`"),
        (MEASURE, "business_registrations = 1", "business_registrations = '1'", "a text in quotes can't be compared"),
        (MEASURE, "business_registrations = 1", "business_registrations IS NULL", "IS is not used"),
        (MEASURE, "strength: shall", "strength: shal", "Did you mean shall?"),
        (MEASURE, "for: person", "for: persons", "Did you mean person?"),
        (MEASURE, "item: startup-subsidy", "item: startup-subsidie", "Did you mean startup-subsidy?"),
        (MEASURE, "payer: county-finance", "payer: county-finanse", "Did you mean county-finance?"),
        (
            "measures/counter-guarantee-waiver.yaml",
            "unit_kind: human-resources",
            "unit_kind: human-resource",
            "unknown unit kind `human-resource`. Did you mean human-resources?",
        ),
        (MEASURE, "plan: 返乡创业", "plan: 返乡", "unknown plan `返乡`. Did you mean 返乡创业?"),
        (MEASURE, "from: 2025-06-09", "from: 2025-06-31", "is not a day of the calendar"),
        (MEASURE, "from: 2025-06-09", "from: 9 June", "a day such as 2025-06-09 is needed"),
        (MEASURE, "amount_yuan: 5000", "amount_yuan: 5k", "an amount in yuan such as 5000"),
        (MEASURE, "once_per: person", "once_pro: person", "unknown key `once_pro`. Did you mean once_per?"),
        (ITEM, "flow: subsidy-case", "flow: subsidy-cases", "unknown flow `subsidy-cases`. Did you mean subsidy-case?"),
        (ITEM, "form: startup-subsidy", "form: startup", "unknown form `startup`"),
        (ITEM, "comparisons: [paid-before,", "comparisons: [paid-befor,", "Did you mean paid-before?"),
        (ITEM, "unit_kind: market-regulation", "unit_kind: market", "unknown unit kind `market`"),
        (
            ITEM,
            "promise_days: 15",
            "promise_days: 14",
            "14 days here, but clock `promise` of flow `subsidy-case` has 15",
        ),
        (ITEM, "promise_days: 15", "promise_days: fifteen", "a whole number is needed, not `fifteen`"),
        (
            ITEM,
            "NOT has_returnee_record",
            "NOT has_record",
            "unknown fact `has_record`. Did you mean has_returnee_record?",
        ),
        (ITEM, "replaces: registration", "replaces: registry", "unknown check or list `registry`"),
        (FORM, "fields: [name,", "fields: [nam,", "unknown field `nam`. Did you mean name?"),
        (FORM, "prefill: return_date", "prefill: returned_on", "unknown fact or register field `returned_on`"),
        (
            AWARD,
            "unless_held: representative",
            "unless_held: representing",
            "unknown prefilled form field",
        ),
        (RECOGNITION, "recognises: returnee-project", "recognises: returnee", "unknown code `returnee`"),
        (RECOGNITION, "document: xianning-2025-homecoming", "document: xianning", "unknown document `xianning`"),
        ("demo.yaml", "roles: [reviewer]", "roles: [reviewr]", "unknown role `reviewr`. Did you mean reviewer?"),
        ("demo.yaml", "unit: 421224-finance", "unit: 421224-finanse", "Did you mean 421224-finance?"),
        ("demo.yaml", "home: 421224107206", "home: 421224107999", "unknown region `421224107999`"),
        ("demo.yaml", "home: 421224107206", "home: 42122", "is not a region code"),
        ("roles.yaml", "case.accept,", "case.acept,", "unknown permission `case.acept`. Did you mean case.accept?"),
        ("units.yaml", "parent: 4212-government-office", "parent: 4212-office", "unknown unit `4212-office`"),
        (
            "units.yaml",
            "successor: 4212-tax",
            "successor: 4212-taxes",
            "unknown unit `4212-taxes`. Did you mean 4212-tax?",
        ),
        ("units.yaml", "name: 咸宁市教育局", "name: 咸宁市科学技术局", "is also a name of"),
        ("units.yaml", 'name: "{region}财政局"', 'name: "{regin}财政局"', "has a placeholder that is not known"),
        ("units.yaml", "unit_kind: university", "unit_kind: univercity", "Did you mean university?"),
        ("registers/person.yaml", "type: bool, filter", "type: boolean, filter", "Did you mean bool?"),
        ("registers/person.yaml", "title_field: name", "title_field: nam", "unknown field `nam`. Did you mean name?"),
        ("registers/person.yaml", "fact: gender", "fact: sex", "unknown fact `sex`"),
        ("registers/person.yaml", "type: phone, mask: middle", "type: phone", "a phone field needs a `mask`"),
        ("registers/person.yaml", "type: phone, mask: middle", "type: phone, mask: middle, sort: true", "encrypted"),
        ("indicators.yaml", "plan: fanxiang", "plan: fanxian", "unknown plan `fanxian`. Did you mean fanxiang?"),
        (
            "indicators.yaml",
            "dataset: returnee",
            "dataset: returnees",
            "unknown dataset `returnees`. Did you mean returnee?",
        ),
        (
            "indicators.yaml",
            "where: registration_checked",
            "where: registration_check",
            "Did you mean registration_checked?",
        ),
        ("indicators.yaml", "date: business_registered_on", "date: jobs_led", "column `jobs_led` is int, not a date"),
        ("indicators.yaml", "parent: parks", "parent: park", "unknown indicator `park`. Did you mean parks?"),
        ("lists/paid-before.yaml", "measure: startup-subsidy", "measure: subsidy", "unknown measure `subsidy`"),
        ("lists/paid-before.yaml", ", key: true", "", "one column must be a `key`"),
        ("examples/startup-subsidy.yaml", "verdict: yes", "verdict: no", "verdict should be no, and is yes"),
        (
            "examples/startup-subsidy.yaml",
            "amount_yuan: 5000",
            "amount_yuan: 6000",
            "amount_yuan should be 6000",
        ),
        ("examples/startup-subsidy.yaml", "{is_returnee: true,", "{is_returnee: perhaps,", "true or false is needed"),
        ("examples/startup-subsidy.yaml", "{is_returnee: true,", "{is_returned: true,", "Did you mean is_returnee?"),
        ("plans.yaml", "lead_unit: 4212-human-resources", "lead_unit: 4212-human", "unknown unit `4212-human`"),
        ("city.yaml", "region: 421200000000", "region: 421300000000", "unknown region `421300000000`"),
        ("city.yaml", "ask_first: [is_returnee,", "ask_first: [is_returned,", "unknown fact `is_returned`"),
        ("city.yaml", "ask_first: [is_returnee,", "ask_first: [five_years_after_graduation,", "has no `question`"),
        ("items/returnee-project-recognition.yaml", "opens: returnee-project", "opens: returnee-pro", "unknown item"),
        (FORM, "trade_of: firm_name", "trade_of: firm", "unknown field `firm`"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, name: str, old: str, new: str, reason: str) -> None:
    folder = copied(tmp_path)
    line = edit(folder, name, old, new)
    found = problems(folder)
    assert any(reason in each for each in found), found
    places = [each.split(":")[0:2] for each in found if reason in each]
    assert [name, str(line)] in places or name in ("units.yaml", "lists/paid-before.yaml"), found
    assert all(place[0] == name for place in places)


def test_a_measure_that_cannot_be_applied_for_says_where_to_go(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / "measures/counter-guarantee-waiver.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("office:")[0], encoding="utf-8")
    assert any("say in `office` where people go" in each for each in problems(folder))


def test_where_offices_refuse_it_is_said_who_reviews_and_which_court(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder, "city.yaml", "  421224000000: {review: 通山县人民政府", "  421224107000: {review: 通山县人民政府")
    assert any("say who reviews those of 421224000000 通山县, and which court" in each for each in problems(folder))


def test_all_problems_are_listed_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder, MEASURE, "when: is_returnee", "when: is_returned")
    edit(folder, ITEM, "flow: subsidy-case", "flow: subsidy-cases")
    edit(folder, ITEM, "form: startup-subsidy", "form: startup")
    found = problems(folder)
    assert len(found) == 3 and found == sorted(found)


def test_shapes_are_asked_for_in_plain_words(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / MEASURE).write_text(
        "title: x\nfor: person\nstrength: shall\nclause: [1]\nversions:\n  - from: 2025-06-09\n    conditions: [a]\n"
        "    benefit: {kind: grand}\n  - foo\n"
    )
    (folder / "lists/paid-before.yaml").write_text("- a\n")
    (folder / FORM).write_text("title: x\nfor: person\nfields: {a: {label: a, type: int}}\nsections: []\n")
    found = [each.split(":", 1)[1] for each in problems(folder)]
    assert found[:2] == ["4: `sections`: at least 1 is needed", "1: the file must be a mapping of names to values"]
    assert found[2:4] == [
        "4: `clause`: a mapping is needed, not `['1']`",
        "7: `versions.0.conditions`: a mapping is needed, not `['a']`",
    ]
    assert found[4].endswith("not `grand`. Did you mean grant?")
    assert found[5:] == ["9: `versions.1`: a mapping is needed, not `foo`"]


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder, MEASURE, "strength: shall", "strength: shall\nstrength: encouraged")
    assert problems(folder) == [f"{MEASURE}:5: `strength` is already there on line 4"]


def test_broken_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder, MEASURE, "strength: shall", "strength: [shall")
    (found,) = problems(folder)
    assert found.startswith(f"{MEASURE}:") and "not YAML" in found


def test_a_file_with_a_misspelt_name_is_not_overlooked(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "demos.yaml").write_text("a: b\n")
    (folder / "measure").mkdir()
    found = problems(folder)
    assert "demos.yaml:1: unknown file `demos.yaml`. Did you mean demo.yaml?" in found[0]
    assert "measure:1: unknown folder `measure`. Did you mean measures?" in found[1]


def test_an_id_that_differs_from_the_file_name_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder, MEASURE, "title: ", "id: other\ntitle: ")
    assert problems(folder) == [f"{MEASURE}:1: `id` is `other`, but the file is named startup-subsidy.yaml"]


def test_a_measure_without_golden_cases_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "examples/startup-subsidy.yaml").unlink()
    assert problems(folder) == [
        f"{MEASURE}:1: measure `startup-subsidy` has no golden cases: add examples/startup-subsidy.yaml"
    ]


def test_a_region_without_its_parent_and_a_region_listed_twice_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "regions.csv").open("a") as file:
        file.write("421299000000,无,无,\n421299000000,无,无,\n130102001000,外地,外地,\n1301x,错,错,\n")
    found = problems(folder)
    assert [each.split(": ", 1)[1] for each in found[:3]] == [
        "region 421299000000 is listed twice",
        "region 130102001000 has no parent above it in the file",
        "`1301x` is not a region code: 2, 4, 6, 9 or 12 digits are needed, such as 421224",
    ]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "city.yaml").unlink()
    assert "city.yaml:1: the file is missing" in problems(folder)


def test_an_unknown_city_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PackErrors, match="Did you mean xianning"):
        find_pack("xianing")
    with pytest.raises(PackErrors):
        find_pack("../cities/xianning")


@pytest.mark.parametrize(
    ("old", "new", "line_of", "reason"),
    [
        ("outcome: payment\n", "", "", "outcome"),
        ("outcome: payment", "outcome: membership", "outcome: payment", "needs `membership`"),
        ("outcome: payment", "outcome: reply", "payment:\n", "belongs to outcome `payment`"),
        ("measure: startup-subsidy\n", "", "outcome: payment", "needs `measure`"),
        ("batch_flow: subsidy-batch\n", "", "outcome: payment", "needs `batch_flow`"),
    ],
)
def test_an_item_has_what_its_outcome_needs(tmp_path: Path, old: str, new: str, line_of: str, reason: str) -> None:
    folder = copied(tmp_path)
    edit(folder, ITEM, old, new)
    found = [one for one in problems(folder) if one.startswith(ITEM) and reason in one]
    assert found
    if line_of:
        text = (folder / ITEM).read_text(encoding="utf-8")
        marks = text.splitlines()
        wanted = new.strip() if line_of == old else line_of.strip()
        numbers = [number for number, line in enumerate(marks, start=1) if line == wanted]
        assert any(one.startswith(f"{ITEM}:{number}:") for one in found for number in numbers)
