"""What a name can be found by."""

from __future__ import annotations

from guiyan.registers.terms import range_of_prefix, search_terms


def terms(name: str, *, person: bool = True) -> set[str]:
    return {term for term, _ in search_terms(name, person=person)}


def test_a_person_is_found_by_name_given_name_pinyin_and_initials() -> None:
    assert {"刘春燕", "春燕", "燕", "liuchunyan", "chunyan", "lcy"} <= terms("刘 春燕")


def test_a_surname_is_read_as_a_surname() -> None:
    assert "zengxiaoming" in terms("曾晓明") and "shanfang" in terms("单芳") and "yuchigong" in terms("尉迟恭")


def test_a_firm_is_found_by_the_middle_of_its_name_but_not_by_its_legal_form() -> None:
    found = terms("通山县枫林谷民宿有限公司", person=False)
    assert {"枫林谷民宿有限公司", "tsxflgmsyxgs"} <= found
    assert "有限公司" not in found


def test_a_prefix_becomes_a_range_that_holds_its_terms_only() -> None:
    low, high = range_of_prefix("春")
    assert low <= "春燕" < high and not low <= "刘春燕" < high and not low <= "昧" < high
    assert range_of_prefix("  ") == ("", "")
