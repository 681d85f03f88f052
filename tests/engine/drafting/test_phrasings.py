"""How conditions are worded, each with the rule that is right, or why a human must decide. Own sentences and gold."""

from __future__ import annotations

import pytest

from tests.engine.drafting.reading_words import as_lines, drafted

SMALL = "小微企业 => size IN ('micro', 'small')"
GRADUATE = "高校毕业生 => is_graduate"
AGES = [
    ("45岁(含)以下", "age_years <= 45"),
    ("45周岁以下", "age_years <= 45"),
    ("45周岁（不含）以下", "age_years < 45"),
    ("45周岁以下（含45周岁）", "age_years <= 45"),
    ("45周岁(含)以下", "age_years <= 45"),
    ("不满45周岁", "age_years < 45"),
    ("未满35周岁", "age_years < 35"),
    ("年龄不超过45周岁", "age_years <= 45"),
    ("年龄在45周岁以内", "age_years <= 45"),
    ("年满18周岁", "age_years >= 18"),
    ("18周岁以上", "age_years >= 18"),
    ("超过60周岁", "age_years > 60"),
    ("18至45周岁", "age_years BETWEEN 18 AND 45"),
    ("年龄在18周岁—45周岁之间", "age_years BETWEEN 18 AND 45"),
    ("三十五岁以下", "age_years <= 35"),
]


@pytest.mark.parametrize(("words", "rule"), AGES)
def test_an_age_is_read_with_the_end_that_it_includes(words: str, rule: str) -> None:
    assert as_lines(drafted("个人", words)) == [f"{words} => {rule}"]


RULES = [
    ("毕业5年内", "on_day <= five_years_after_graduation"),
    ("毕业未满2年", "on_day < two_years_after_graduation"),
    ("自毕业之日起5年内", "on_day <= five_years_after_graduation"),
    ("毕业5年内创办企业", "business_registered_on <= five_years_after_graduation"),
    ("毕业 5 年以内自主创业", "business_registered_on <= five_years_after_graduation"),
    ("首次创业", "business_registrations = 1"),
    ("初次办理注册登记", "business_registrations = 1"),
    ("正常经营1年以上", "months_in_operation >= 12"),
    ("稳定经营满6个月", "months_in_operation >= 6"),
    ("经营半年以上", "months_in_operation >= 6"),
    ("经营未满一年", "months_in_operation < 12"),
    ("带动2人就业", "jobs_led_excluding_founder >= 2"),
    ("带动3名以上劳动者就业", "jobs_led_excluding_founder >= 3"),
    ("吸纳就业不少于5人", "jobs_led_excluding_founder >= 5"),
    ("带动就业2人及以上（含创业者本人）", "jobs_led >= 2"),
    ("带动2人以上就业(不含创办人)", "jobs_led_excluding_founder >= 2"),
    ("本科及以上学历", "degree >= 'bachelor'"),
    ("具有硕士研究生以上学历", "degree >= 'master'"),
    ("具有本市户籍", "region_in(hukou_region, '421200000000')"),
    ("依法缴纳社会保险", "pays_social_insurance"),
    ("申请额度10万元（含）以下", "guarantee_loan_yuan <= 100000"),
    ("创办公司或从事个体经营", "founded_entity IN ('company', 'individual')"),
    ("为高校毕业生、退役军人、残疾人其中一项", "is_graduate OR is_veteran OR is_disabled"),
    ("符合下列条件之一：(一)高校毕业生；(二)退役军人", "is_graduate OR is_veteran"),
]


@pytest.mark.parametrize(("words", "rule"), RULES)
def test_a_condition_of_a_person_is_drafted_whole(words: str, rule: str) -> None:
    assert as_lines(drafted("个人", words)) == [f"{words} => {rule}"]


FIRMS = [
    ("在本市注册登记", "region_in(registered_region, '421200000000')"),
    ("登记地在我市", "region_in(registered_region, '421200000000')"),
    ("2025年1月1日起注册登记", "registered_on >= '2025-01-01'"),
    ("登记注册满1年", "on_day >= one_year_after_registration"),
    ("从业人员不超过20人", "employees <= 20"),
    ("在科创板、创业板上市", "listed_on IN ('star', 'gem')"),
    ("首次升规入统", "first_time_scale_up"),
    ("由返乡人员创办", "is_returnee_led"),
    ("按规定为职工缴纳社会保险费", "pays_social_insurance"),
]


@pytest.mark.parametrize(("words", "rule"), FIRMS)
def test_a_condition_of_a_firm_is_drafted_whole(words: str, rule: str) -> None:
    assert as_lines(drafted("企业", words)) == [f"{words} => {rule}"]


SEVERAL = [
    (("45岁(含)以下高校毕业生",), ["45岁(含)以下 => age_years <= 45", GRADUATE]),
    (
        ("返乡农民工、退役军人和就业困难人员",),
        ["返乡农民工、退役军人和就业困难人员 => is_returned_rural_worker OR is_veteran OR is_hard_to_employ"],
    ),
    (("高校毕业生或者退役军人",), ["高校毕业生或者退役军人 => is_graduate OR is_veteran"]),
    (
        ("返乡农民工、退役军人等两类人员",),
        ["返乡农民工、退役军人 => is_returned_rural_worker OR is_veteran"],
    ),
    (
        ("高校毕业生", "毕业5年内创办企业并带动2人就业"),
        [
            "毕业5年内创办企业 => business_registered_on <= five_years_after_graduation",
            "带动2人就业 => jobs_led_excluding_founder >= 2",
            GRADUATE,
        ],
    ),
    (
        ("返乡人员", "年满18周岁且不超过60周岁"),
        ["年满18周岁 => age_years >= 18", "不超过60周岁 => age_years <= 60", "返乡人员 => is_returnee"],
    ),
    (
        ("高校毕业生、退役军人", "首次创业"),
        ["首次创业 => business_registrations = 1", "高校毕业生、退役军人 => is_graduate OR is_veteran"],
    ),
    (("个人", "应当属于就业困难人员"), ["应当属于就业困难人员 ? unknown"]),
    (("个人", "属于就业困难人员"), ["就业困难人员 => is_hard_to_employ"]),
    (("小微企业",), ["小微企业 => size IN ('micro', 'small')"]),
    (("35岁以下青年人才",), ["35岁以下 => age_years <= 35", "青年人才 ? unknown"]),
    (("符合条件的返乡人员",), ["符合条件 ? left-open", "返乡人员 => is_returnee"]),
]


@pytest.mark.parametrize(("words", "lines"), SEVERAL)
def test_what_stands_together_is_read_one_by_one(words: tuple[str, ...], lines: list[str]) -> None:
    assert as_lines(drafted(*words)) == lines


OPEN = [
    (("返乡农民工、退役军人等",), ["返乡农民工、退役军人等 ? list-goes-on"]),
    (("返乡农民工、退役军人等三类人员",), ["返乡农民工、退役军人等三类人员 ? list-goes-on"]),
    (("高校毕业生家属",), ["高校毕业生家属 ? unknown"]),
    (("非高校毕业生",), ["非高校毕业生 ? unknown"]),
    (("除高校毕业生以外的返乡人员",), ["除高校毕业生以外的返乡人员 ? unknown"]),
    (("个人", "未缴纳社会保险"), ["未缴纳社会保险 ? unknown"]),
    (("个人", "未在本市注册、缴纳社会保险"), ["未在本市注册、缴纳社会保险 ? unknown"]),
    (("个人", "承诺正常经营1年以上且缴纳社会保险"), ["承诺正常经营1年以上且缴纳社会保险 ? unknown"]),
    (("个人", "辅导过高校毕业生、退役军人"), ["辅导过高校毕业生、退役军人 ? unknown"]),
    (("个人", "参与退役军人"), ["参与退役军人 ? unknown"]),
    (("个人", "45岁左右"), ["45岁左右 ? unknown"]),
    (("个人", "不满45周岁(含)"), ["不满45周岁(含) ? unknown"]),
    (("个人", "超过10人以上"), ["超过10人以上 ? unknown"]),
    (("个人", "经营1年以内"), ["经营1年以内 ? unknown"]),
    (("个人", "正常经营超过1年"), ["正常经营超过1年 ? unknown"]),
    (("个人", "毕业3年内"), ["毕业3年内 ? no-fact"]),
    (("企业", "2025年1月1日以后注册登记"), ["2025年1月1日以后注册登记 ? unknown"]),
    (("企业", "带动就业5人以上"), ["带动就业5人以上 ? other-subject"]),
    (("个人", "符合下列条件之一：高校毕业生；获得省级奖项"), ["符合下列条件之一：高校毕业生；获得省级奖项 ? unknown"]),
    (("高校毕业生、退役军人并带动2人就业",), ["高校毕业生、退役军人并带动2人就业 ? ambiguous"]),
    (
        ("45周岁以下高校毕业生、退役军人",),
        ["45周岁以下 ? ambiguous", "高校毕业生、退役军人 => is_graduate OR is_veteran"],
    ),
    (
        ("高校毕业生、退役军人", "毕业5年内"),
        ["毕业5年内 ? ambiguous", "高校毕业生、退役军人 => is_graduate OR is_veteran"],
    ),
    (
        ("个人", "毕业5年内首次创业"),
        ["毕业5年内 ? ambiguous", "首次创业 => business_registrations = 1"],
    ),
    (("个人", "本科"), ["本科 ? unknown"]),
    (("个人", "毕业5年内、首次创业"), ["毕业5年内 ? ambiguous", "首次创业 => business_registrations = 1"]),
    (("3岁以下婴幼儿照护人员",), ["3岁以下婴幼儿照护人员 ? unknown"]),
    (("45周岁以下（女性40周岁）",), ["45周岁以下（女性40周岁） ? unknown"]),
    (("个人", "同时具备返乡人员、高校毕业生"), ["返乡人员、高校毕业生 ? ambiguous"]),
    (("高校毕业生除外",), ["高校毕业生除外 ? unknown"]),
    (("退役军人(退役5年内)",), ["退役军人(退役5年内) ? unknown"]),
    (("非本市户籍高校毕业生",), ["非本市户籍高校毕业生 ? unknown"]),
    (("个人", "每带动2人就业"), ["每带动2人就业 ? unknown"]),
    (("小微企业", "返乡农民工或退役军人创办"), ["返乡农民工或退役军人创办 ? unknown", SMALL]),
    (("个人", "二十多岁"), ["二十多岁 ? unknown"]),
]


@pytest.mark.parametrize(("words", "lines"), OPEN)
def test_what_is_not_certain_stays_open_with_its_reason(words: tuple[str, ...], lines: list[str]) -> None:
    assert as_lines(drafted(*words)) == lines


def test_a_length_of_time_before_a_comma_may_count_to_what_follows() -> None:
    from guiyan.engine.drafting import Asked, draft_rule
    from tests.engine.drafting.reading_words import pack

    text = "对毕业5年内，首次创办企业的高校毕业生给予补贴。"
    asked = Asked("高校毕业生", ("毕业5年内", "首次创办企业"), (), "给予补贴", None, (0, len(text)))
    lines = as_lines(draft_rule(asked, text, pack().lexicon))
    assert lines == ["毕业5年内 ? ambiguous", "首次创办企业 => business_registrations = 1", GRADUATE]


def test_words_that_name_the_kind_of_subject_alone_demand_nothing() -> None:
    assert (drafted("个人").kind, drafted("个人").terms) == ("person", ())
    assert (drafted("企业").kind, drafted("企业").terms) == ("organisation", ())


def test_the_declared_kind_counts_where_the_words_do_not_tell() -> None:
    assert drafted("OPC", "依法缴纳社会保险").kind is None
    assert drafted("OPC", "依法缴纳社会保险", kind="organisation").kind == "organisation"
    assert as_lines(drafted("OPC", "年满18周岁", kind="organisation"))[0] == "年满18周岁 ? other-subject"
