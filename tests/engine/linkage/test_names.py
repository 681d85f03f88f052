"""Names, numbers, schools and employers as registers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.engine.linkage.affiliations import employer_names, phone_number, school_name
from guiyan.engine.linkage.names import NO_NAME, in_order, name_parts, read_name
from guiyan.engine.values.id_numbers import check_character, verified_id_number


@pytest.mark.parametrize(
    ("written", "name", "former"),
    [
        ("张伟", "张伟", None),
        (" 張 偉 ", "张伟", None),
        ("张伟（曾用名：张卫）", "张伟", "张卫"),
        ("张伟(原名张卫国)", "张伟", "张卫国"),
        ("张伟 曾用名:张卫", "张伟", "张卫"),
        ("张伟【张卫】", "张伟", "张卫"),
        ("张伟国先生", "张伟国", None),
        ("张先生", "张先生", None),
        ("买买提·吐尔逊", "买买提吐尔逊", None),
        ("ＺＨＡＮＧ　Wei", "zhang wei", None),
        ("张伟（男）", "张伟", None),
        ("钟啟峯", "钟启峰", None),
        ("·", "", None),
    ],
)
def test_a_name_is_read_with_its_former_name(written: str, name: str, former: str | None) -> None:
    assert read_name(written) == (name, former)


@pytest.mark.parametrize(
    ("name", "ordered"),
    [
        ("张伟", ("张伟", None)),
        ("伟张", ("张伟", None)),
        ("小红单", ("单小红", None)),
        ("高王", ("高王", "王高")),
        ("欧阳建国", ("欧阳建国", None)),
        ("zhang wei", ("zhang wei", None)),
    ],
)
def test_a_surname_that_stands_last_is_put_first_where_only_one_end_can_be_a_surname(
    name: str, ordered: tuple[str, str | None]
) -> None:
    assert in_order(name) == ordered


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("张伟", "章玮", "sound"),
        ("单小红", "shan xiao hong", "sound"),
        ("小红单", "Shan Xiaohong", "surname"),
        ("曾国强", "增国强", "near"),
        ("刘兰英", "牛南英", "near"),
        ("陈生", "岑森", "near"),
        ("仇英", "求英", "sound"),
        ("张伟", "张伟（张卫）", "name"),
    ],
)
def test_names_that_sound_alike_share_what_they_are_compared_by(one: str, other: str, alike: str) -> None:
    first, second = name_parts(one)._asdict(), name_parts(other)._asdict()
    assert first[alike] == second[alike] is not None


@pytest.mark.parametrize(("one", "other"), [("张伟", "李伟"), ("张伟", "张敏"), ("王芳", "王方圆")])
def test_other_names_do_not_sound_alike(one: str, other: str) -> None:
    assert name_parts(one).near != name_parts(other).near


@given(st.none() | st.text(max_size=30), st.none() | st.text(max_size=12))
def test_any_text_is_read_or_is_no_name(written: str | None, former: str | None) -> None:
    parts = name_parts(written, former)
    assert parts == NO_NAME or (parts.name is not None and parts.near is not None)
    assert all(part is None or 0 <= part < 2**63 for part in parts)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("咸宁市归雁农业科技有限公司", ("咸宁市归雁农业科技", "归雁")),
        ("归雁农业科技（咸宁）有限公司", ("归雁农业科技", "归雁")),
        ("湖北省咸宁市通山县归雁食品厂", ("湖北省咸宁市通山县归雁食品", "归雁")),
        ("富士康科技集团", ("富士康科技", "富士康")),
        ("無業", (None, None)),
        ("自由职业", (None, None)),
        ("超市", ("超市", "超市")),
        ("", (None, None)),
    ],
)
def test_an_employer_is_its_name_without_form_area_and_trade(
    written: str, names: tuple[str | None, str | None]
) -> None:
    found = employer_names(written)
    assert found[0] == names[0]
    assert found[1] in (names[1], "通山县归雁")


def test_a_school_is_named_without_its_campus() -> None:
    assert school_name("華中師範大學（武昌校区）") == school_name("华中师范大学") == "华中师范大学"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13812345678", 13812345678),
        ("+86 138-1234-5678", 13812345678),
        ("0086 13812345678", 13812345678),
        ("１３８１２３４５６７８", 13812345678),
        ("138****5678", None),
        ("11111111111", None),
        ("12345", None),
        ("无", None),
    ],
)
def test_a_phone_is_its_digits(written: str, number: int | None) -> None:
    assert phone_number(written) == number


def test_an_identity_number_is_verified_and_has_one_form() -> None:
    assert verified_id_number("11010519491231002x") == "11010519491231002X"
    assert verified_id_number("110105491231002") == "11010519491231002X"
    for wrong in ("110105194912310021", "11010519491331002X", "1101**********002X", "", "1.10105E+17", "0" * 18):
        assert verified_id_number(wrong) is None


@given(st.dates(), st.integers(0, 999), st.integers(110000, 659999))
def test_fifteen_digits_are_the_same_number_as_eighteen(born: object, odd: int, region: int) -> None:
    first17 = f"{region}19{str(born)[2:4]}0{1 + odd % 9}1{odd % 10}{odd:03}"
    whole = first17 + check_character(first17)
    assert verified_id_number(first17[:6] + first17[8:]) == verified_id_number(whole) == whole
