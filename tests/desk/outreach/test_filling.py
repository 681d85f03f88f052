"""What is not known leads to the register that would tell it."""

from __future__ import annotations

import pytest

from guiyan.desk.outreach.filling import filling_of
from guiyan.packs import find_pack, load_pack

PACK = load_pack(find_pack("xianning"))


@pytest.mark.parametrize(
    ("fact", "label", "href"),
    [
        ("is_returnee", "去补返乡人员名录", "/desk/registers/returnee/"),
        ("age_years", "去补人员基础信息", "/desk/registers/person/"),
        ("founder_age_years", "去补人员基础信息", "/desk/registers/person/"),
        ("received", "去导入比对名单", "/desk/lists/"),
        ("bank_rated_unsecured", "去看名录", "/desk/registers/"),
    ],
)
def test_each_fact_leads_to_who_would_tell_it(fact: str, label: str, href: str) -> None:
    found = filling_of(PACK, fact)
    assert (found.label, found.href) == (label, href)
