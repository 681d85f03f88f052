"""Who receives, and on what conditions: by 对 and 为, by the subject, by the place right before the verb of giving."""

from __future__ import annotations

import pytest

from guiyan.engine.documents import parse_text

TOLD = (
    ("租用商铺的,按租金的30%给予补贴。", "租用商铺的", ()),
    ("退役军人在乡镇开办农家乐的,给予6000元补贴。", "退役军人", ("在乡镇开办农家乐",)),
    ("应届毕业生从事电商经营,享受每年最高1万元补贴。", "应届毕业生", ("从事电商经营",)),
    ("外地来县的硕士、博士毕业生,与本县企业签订3年合同的,每月补贴800元。", "外地来县的硕士、博士毕业生", ()),
    ("四星级、五星级民宿分别奖励5万元、8万元。", "四星级、五星级民宿", ()),
    ("评选示范合作社12家,各补助3万元。", "示范合作社", ()),
    ("按引进投资额的1%奖励异地商会。", "异地商会", ()),
    ("对为农户代销农产品年销售额超过200万元的网店,给予2万元奖励。", "网店", ("为农户代销农产品年销售额超过200万元",)),
    ("企业参加广交会的,补助展位费5000元;再次参展的再补2000元。", "企业", ("参加广交会",)),
    ("个人创业担保贷款最高20万元。", "个人", ()),
)


@pytest.mark.parametrize(("text", "receiver", "conditions"), TOLD, ids=lambda value: str(value)[:12])
def test_the_receiver_is_the_nearest_that_the_sentence_names(
    text: str, receiver: str, conditions: tuple[str, ...]
) -> None:
    first = parse_text(text).measures[0]
    assert first.beneficiary is not None
    assert receiver in first.beneficiary
    assert set(conditions) <= set(first.conditions)


def test_items_under_a_lead_in_speak_of_whom_it_names() -> None:
    text = (
        "第四条 支持农创客。对在本市经营满1年的农创客:\n(一)年销售额30万元以上的,奖励2万元;\n(二)获评标杆的,奖励5万元。"
    )
    assert [each.beneficiary for each in parse_text(text).measures] == ["农创客", "农创客"]


def test_each_short_name_before_its_own_figure_receives_it() -> None:
    measures = parse_text("购买首套住房,博士补贴12万元、硕士6万元。").measures
    assert [each.beneficiary for each in measures] == ["博士", "硕士"]
    assert all("购买首套住房" in each.conditions for each in measures)
