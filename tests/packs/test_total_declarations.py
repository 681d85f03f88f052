"""Journals and totals that can't be right are refused at their line, with what would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from .folders import copied, edit, problems

INVESTOR, DEAL, DEMAND = "registers/investor.yaml", "registers/investor-deal.yaml", "registers/talent-demand.yaml"
PHONE = "screens: {phone: [deals, name, credit_code, kind, region], list: [name"
Edit = tuple[str, str, str, str]  # file, what stands there, what shall, what is said

# Each is a fault of its own, so that one loading tells of several.
FIRST: list[Edit] = [
    (
        INVESTOR,
        "{of: investor-deal, by: investor_credit_code, take: count}",
        "{of: dael, by: x, take: count}",
        "`dael`",
    ),
    (INVESTOR, "take: sum, value: amount", "take: sum, value: amonut", "unknown field `amonut`. Did you mean amount?"),
    (INVESTOR, "take: last, value: met_on", "take: last, value: topic", "this field is a date, what is taken a text"),
    (INVESTOR, "by: investor_credit_code, take: count, this", "by: codes, take: count, this", "unknown field `codes`"),
    (INVESTOR, "screens: {list: [name", PHONE, "follows from other entries: no form asks it"),
    (DEMAND, "relation = 'works' OR hired", "relatoin = 'works' OR hired", "Did you mean relation?"),
    (DEMAND, "{of: needed, less: held}", "{of: needed, less: pay}", "numbers of one type"),
    (DEMAND, "match: {chain: chain", "match: {chain: field", "a code and a text are not compared"),
    (DEAL, "on: signed_on}", "on: round}", "must be a required date"),
]
SECOND: list[Edit] = [
    (DEAL, "金额, type: money, required: true,", "金额, type: money,", "may be empty, and with it the sum"),
    (
        DEAL,
        "required: true, refers_to: {register: inv",
        "refers_to: {register: inv",
        "must be required and `refers_to`",
    ),
]
SHAPES: list[Edit] = [
    (INVESTOR, "deals: {label", "deals: {required: true, label", "nobody reports it: leave out `required`"),
    (INVESTOR, "deals_this_year: {label", "deals_this_year: {sort: true, label", "can't be filtered or sorted by"),
    (INVESTOR, "by: investor_credit_code, take: last", "take: last", "one of them"),
]


@pytest.mark.parametrize("edits", [FIRST, SECOND, SHAPES], ids=["names", "unknown", "shapes"])
def test_what_could_not_be_right_is_refused_at_its_line(tmp_path: Path, edits: list[Edit]) -> None:
    folder = copied(tmp_path)
    for file, old, new, _ in edits:
        edit(folder, file, old, new)
    found = problems(folder)
    for file, _, _, reason in edits:
        assert any(one.startswith(("registers/",)) and reason in one for one in found), (file, reason, found)


def test_totals_in_a_circle_would_wait_for_each_other(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    circle = "round: {label: 轮次,"
    total = "backed: {label: 投资方, type: int, total: {of: investor, by: known_credit_code, take: count}}\n  " + circle
    edit(folder, DEAL, circle, total)
    found = problems(folder)
    assert any("totals run in a circle through `investor-deal`" in one for one in found), found
    assert any("unknown field `known_credit_code`" in one for one in found), found
