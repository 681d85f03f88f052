"""What a register may declare: wrong forms, ladders, references and publications are refused with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiyan.packs import Field, json_schema

from .folders import copied, edit, problems

LISTED = "registers/listed.yaml"


Edit = tuple[str, str, str]

# Each is a fault of its own, so that one loading tells of several.
SHAPE: list[Edit] = [
    ("mask: middle, seen_by", "seen_by", "a phone field needs a `mask`"),
    ("pattern_words: 数字和大写字母，例如600000}", "max_length: 12}", "`pattern` needs `pattern_words`"),
    ("recommended_by: {", "recommended_by: {pattern: '[0-9', pattern_words: x, ", "is no regular expression"),
    ("by: [api]", "by: [apy]", "Did you mean api?"),
    ("recommended_on: {", "recommended_on: {least: 3, ", "`least` and `most` bound numbers"),
    ("is_listed: {", "is_listed: {required_when: is_listed, ", "`required` always, or `required_when`: not both"),
]
NAMES: list[Edit] = [
    (
        "recommended_by: {",
        "state: {label: x, type: text}\n  recommended_by: {",
        "that every register has: choose another",
    ),
    ("show_if: is_listed,", "show_if: is_liste,", "unknown fact `is_liste`. Did you mean is_listed?"),
    ("show_if: NOT is_listed,", "show_if: listed_on,", "`listed_on` is date, not bool"),
    ("fields: [board, stock_code,", "fields: [bord, stock_code,", "unknown field `bord`. Did you mean board?"),
    ("fields: [is_listed]", "fields: [is_listed, chain]", "field `chain` stands in more than one place"),
    ("recommended_on, coach, coachings,", "coach, coachings,", "field `recommended_on` stands in no section"),
    ("required_when: is_listed", "required_when: is_list", "unknown fact `is_list`"),
    ("start: silver", "start: bronze", "unknown level `bronze`"),
    ("list: [name, region,", "list: [name, regoin,", "unknown field `regoin`. Did you mean region?"),
    ("coach, coached_on]\n  phone", "coach, coaching_note]\n  phone", "a long_text field can't be a column"),
    ("phone: [name, credit_code,", "phone: [name,", "the phone's form must ask it"),
    ("seen_by: [person.reveal]", "seen_by: [person.reveel]", "unknown permission `person.reveel`"),
    ("executive: {", "executive: {seen_by: [person.reveal], ", "leave out `search` or `seen_by`"),
    ("listed_on: {", "listed_on: {seen_by: [person.reveal], ", "leave out `filter` and `sort`, or `seen_by`"),
    ("plan: 楚商回乡, section: 一}\nowner", "plan: 楚商返乡, section: 一}\nowner", "Did you mean 楚商回乡?"),
]
PUBLISHED: list[Edit] = [
    (
        "sample: 4",
        "publish: {title: x, basis: x, where: is_listd, filters: [industry], fields: {executive_phone: none, "
        "nam: none}}",
        "unknown fact `is_listd`",
    ),
    ("note: 还没有上市的不填, ", "", "`industry` must be published and declared `filter`"),
    ("title: 上市, ", "title: 上市了, ", "`executive_phone` is not for everybody"),
    ("title: 高管, ", "title: 高管们, ", "unknown field `nam`"),
    ("title: 培育, ", "title: 培育着, ", "the title `name` must be among them"),
]
REFERENCE = "coach: {{label: 辅导机构, refers_to: {{register: {}, relation: led, reverse: 带动的}}, type: text,"
REFERENCES: list[Edit] = [
    ("coach: {label: 辅导机构, type: text,", REFERENCE.format("listd"), "Did you mean listed?"),
]


@pytest.mark.parametrize("edits", [SHAPE, NAMES, PUBLISHED, REFERENCES], ids=["shape", "names", "published", "refers"])
def test_wrong_declarations_are_refused_at_their_lines(tmp_path: Path, edits: list[Edit]) -> None:
    folder = copied(tmp_path)
    for old, new, _ in edits:
        edit(folder, LISTED, old, new)
    found = problems(folder)
    for _, _, reason in edits:
        assert any(one.startswith(f"{LISTED}:") and reason in one for one in found), (reason, found)


@pytest.mark.parametrize(
    ("register", "reason"),
    [
        ("returnee", "the key of `returnee` is of type id_number, this field of text"),
        ("firm", "are known by a credit code: end the field's id in `_credit_code`"),
    ],
)
def test_a_reference_leads_to_a_register_by_its_own_key(tmp_path: Path, register: str, reason: str) -> None:
    folder = copied(tmp_path)
    edit(folder, LISTED, "coach: {label: 辅导机构, type: text,", REFERENCE.format(register))
    found = problems(folder)
    assert any(one.startswith(LISTED) and reason in one for one in found), found


SENT_BY = "sent_by: [school]"
SENDERS: list[tuple[str, str, str, str]] = [
    ("registers/alumni.yaml", SENT_BY, "sent_by: [scool]", "unknown kind of unit `scool`. Did you mean school?"),
    (
        "registers/alumni.yaml",
        "mark: 会,",
        "mark: 会, sent_by: [scool],",
        "units of kind scool send as `school` already",
    ),
    ("registers/alumni.yaml", "key_field: number", "key_field: id_number", "tells who is known: choose another"),
    ("registers/station-lead.yaml", "by: [form, api]", "by: [form, api], sent_by: [bank]", "stand on other entries"),
    ("roles.yaml", "permissions: [register.send]", "permissions: [register.send, register.view]", "and nothing else"),
    ("roles.yaml", "permissions: [answer.handle]", "permissions: [register.send]", "`scope: sender` belong together"),
]


def test_who_sends_and_what_a_sender_may_do_is_checked_where_it_is_written(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for file, old, new, _ in SENDERS:
        edit(folder, file, old, new)
    found = problems(folder)
    for file, _, _, reason in SENDERS:
        assert any(one.startswith(f"{file}:") and reason in one for one in found), (reason, found)
    # Nobody lets the schools of the demonstration send any more.
    assert any(one.startswith("demo.yaml:") and "sent by units of kind school" in one for one in found)


def test_the_schema_for_editors_knows_the_parts_of_a_register() -> None:
    schema = json_schema("register")
    assert {"sections", "screens", "ladder", "publish", "export", "clause"} <= schema["properties"].keys()
    assert "list" in schema["$defs"]["Screens"]["properties"]
    assert "asset" in schema["properties"]["subject"]["enum"]


def test_what_not_everybody_may_see_stands_in_no_figure() -> None:
    assert not Field(id="x", label="x", type="text", seen_by=("person.reveal",)).is_open
    assert Field(id="x", label="x", type="text").is_open


BOOKING = "registers/equipment-booking.yaml"
ANSWERS: list[Edit] = [
    ("field: equipment_number\n", "field: equipment_name\n", "unknown field that refers to a register"),
    ("phone: contact_phone\n", "phone: contact\n", "unknown phone field `contact`"),
    ("ended: [used, missed,", "ended: [usd, missed,", "unknown level `usd`"),
    ("to: ends_at, hours: hours", "to: fee, hours: purpose", "unknown datetime field `fee`"),
    ('opens: "08:00"', 'opens: "8:00"', "is no time of day: write 08:00"),
    (
        "deal: {level: used, fields: [used_hours,",
        "deal: {level: used, fields: [used_hour,",
        "unknown field `used_hour`",
    ),
    ("trust: 80, by: [form]", "trust: 80, by: [form, api]", "[portal] and [form] only"),
    (
        "ends_at: {label: 结束, type: datetime, required: true}",
        "ends_at: {label: 结束, type: datetime}",
        "taken for ever",
    ),
    ("asks: [starts_at, ends_at,", "asks: [number, starts_at, ends_at,", "others check who she is"),
    ("released: [refused, cancelled]", "released: [refused]", "what was cancelled is free"),
]


def test_what_could_be_booked_past_the_constraint_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for old, new, _ in ANSWERS:
        edit(folder, BOOKING, old, new)
    edit(folder, "registers/returnee.yaml", "asks: [name, phone,", "asks: [phone, id_number,")
    found = problems(folder)
    for _, _, reason in ANSWERS:
        assert any(one.startswith(f"{BOOKING}:") and reason in one for one in found), (reason, found)
    hers = [one for one in found if one.startswith("registers/returnee.yaml:")]
    assert any("field `name` is required, so it must be asked" in one for one in hers), hers
    assert any("`id_number` is not for residents to say" in one for one in hers), hers


MENTORS, AWAY = "registers/mentor-booking.yaml", "registers/away.yaml"
BOUND: list[tuple[str, str, str, str]] = [
    (MENTORS, "days_field: open_days", "days_field: grade", "unknown code field with daily and working `grade`"),
    (MENTORS, "room: mentor", "room: specialist", "has helpers of `specialist`; what is booked is of `mentor`"),
    (AWAY, "holder: 4212-public-security", "holder: 4212-public", "unknown unit `4212-public`"),
    (AWAY, "purposes: {register: 核对", "purposes: {compare: 核对", "`compare` is no purpose of this; known: register"),
    (
        AWAY,
        "trust: 70\n    by: [file, api]",
        "trust: 70\n    by: [file, form]",
        "by file, api or exchange, not by form",
    ),
]


def test_who_is_booked_and_whose_data_come_in_are_found(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name, old, new, _ in BOUND:
        edit(folder, name, old, new)
    found = problems(folder)
    for name, _, _, reason in BOUND:
        assert any(one.startswith(f"{name}:") and reason in one for one in found), (reason, found)
