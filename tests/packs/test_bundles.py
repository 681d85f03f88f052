"""Bundles: what their items share is asked once, so it must be one thing; a fault is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiyan.packs import Pack, load_pack
from guiyan.packs.bundle import sections_together

from .folders import XIANNING, copied, edit, problems

BUNDLE = "bundles/start-a-business.yaml"
FORM, ITEM = "forms/graduate-startup-subsidy.yaml", "items/graduate-startup-subsidy.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (BUNDLE, "  startup-subsidy:", "  startup-subsidie:", "unknown item `startup-subsidie`"),
        (BUNDLE, "offered_when: is_graduate", "offered_when: is_graduated", "unknown fact `is_graduated`"),
        (BUNDLE, "offered_when: is_graduate", "offered_if: is_graduate", "Did you mean offered_when?"),
        (FORM, "{label: 登记日期, type: date,", "{label: 成立日期, type: date,", "has another `label` than in forms"),
        (FORM, "fact: business_registered_on}", "fact: graduation_date}", "has another `fact` than in forms"),
        (
            FORM,
            "{label: 银行卡号, type: text, required: true, max_length: 32, mask: tail, secret: true}",
            "{label: 银行卡号, type: text, required: true, max_length: 32, mask: tail}",
            "has another `secret` than in forms",
        ),
        (ITEM, "label: 本人银行卡", "label: 银行卡", "material `account` has another `label` than in items"),
        (ITEM, "entries", "entries", ""),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, name: str, old: str, new: str, reason: str) -> None:
    folder = copied(tmp_path)
    if not reason:
        (folder / ITEM).write_text((folder / ITEM).read_text(encoding="utf-8") + "entries: [self]\n", encoding="utf-8")
        assert any("not entered in the same ways" in one and one.startswith(BUNDLE) for one in problems(folder))
        return
    line = edit(folder, name, old, new)
    assert any(reason in one for one in problems(folder)), problems(folder)
    places = (f"{name}:{line}:", f"{name}:{line - 1}:")  # a part that is not written stands where its owner does
    assert any(one.startswith(places) for one in problems(folder)), problems(folder)


def test_a_bundle_of_one_item_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    line = edit(folder, BUNDLE, "for: person", "for: organisation")
    assert any(one.startswith(f"{BUNDLE}:{line}:") for one in problems(folder))
    edit(folder, BUNDLE, "for: organisation", "for: person")
    text = (folder / BUNDLE).read_text(encoding="utf-8")
    head, _, rest = text.partition("  graduate-startup-subsidy:")
    (folder / BUNDLE).write_text(head + rest[rest.index("green_channel") :], encoding="utf-8")
    assert any("at least 2" in one for one in problems(folder)), problems(folder)


def test_shared_fields_stand_once_and_the_account_stays_last() -> None:
    pack = load_pack(XIANNING)
    forms = [pack.forms[pack.items[one].form] for one in pack.bundles["start-a-business"].items]
    sections = sections_together(forms)
    assert [one.title for one in sections] == [
        "申请人",
        "返乡情况",
        "注册登记",
        "毕业情况",
        "创办的企业",
        "收款账户",
    ]
    asked = [name for one in sections for name in one.fields]
    assert len(asked) == len(set(asked)) == len({name for form in forms for name in form.fields})


def test_a_release_keeps_bundles_with_their_order() -> None:
    pack = load_pack(XIANNING)
    again = Pack.from_content(pack.content())
    assert again == pack
    assert list(again.bundles["start-a-business"].items) == ["startup-subsidy", "graduate-startup-subsidy"]
