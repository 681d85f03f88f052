"""What follows once a request is sent, and by when: said before she begins, before she sends, and on the receipt."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.packs import Item


@dataclass(frozen=True)
class Promised:
    """first: what she is told first (告诉您受不受理), within the item's days; then: the rest of the way in a sentence.

    effects: (who or what, what happens) as the look-over page lists them; send: the button's verb.
    """

    first: str
    then: str
    effects: tuple[tuple[str, str], ...]
    send: str


def promised(item: Item, unit_name: str = "经办单位") -> Promised:
    """In the words of what the item ends in."""
    if item.outcome == "reply":
        return Promised(
            "转给承办单位",
            f"转办以后{item.promise_days}个工作日内答复您，由您评价；没解决的，可以要求重新办理一次。",
            (
                ("分办", f"{unit_name}看过以后，转给管这件事的单位。"),
                ("答复", f"承办单位{item.promise_days}个工作日内答复您，答复在“我的”里看。"),
                ("评价", "由您评价；没解决的可以要求重办一次，不满意的有人回访。"),
            ),
            "提交诉求",
        )
    if item.outcome == "loan":
        return _of_loan(item, unit_name)
    if item.membership is not None:
        return Promised(
            "告诉您受不受理",
            f"受理以后{item.promise_days}个工作日内办到签批，再公示、认定。",
            (
                ("受理", f"{unit_name}先看材料，告诉您受不受理。"),
                ("核验和评审", "有关单位到现场看，评审组出意见。"),
                ("公示", f"拟认定名单公示{item.notice.days if item.notice else 0}个工作日。"),
                (
                    "认定",
                    f"没有异议的认定为{item.membership.title}，{item.membership.years}年有效，证书在“我的”里打印。",
                ),
            ),
            "提交申请",
        )
    whose = "单位" if item.kind == "organisation" else "您本人"
    return Promised(
        "告诉您受不受理",
        f"受理以后{item.promise_days}个工作日内办到签批，再公示、拨付。",
        (
            ("受理", f"{unit_name}先看材料，告诉您受不受理。"),
            ("核验", "有关单位同时核对，不用您跑。"),
            ("公示和拨付", f"审核通过后公示名单，再打到{whose}的账户。"),
        ),
        "提交申请",
    )


def _of_loan(item: Item, unit_name: str) -> Promised:
    """The office looks into who may ask; whether and how much is lent is the bank's to say."""
    return Promised(
        "告诉您受不受理",
        f"受理以后{item.promise_days}个工作日内审完资格，再送银行和担保机构审批。贷不贷、贷多少由银行和担保机构定。",
        (
            ("受理", f"{unit_name}先看材料，告诉您受不受理。"),
            ("资格审核", "有关单位核对经营情况，合格的送银行和担保机构。"),
            ("审批", "银行和担保机构同时审；可能请您带证件去面谈。"),
            ("放款和还款", "都同意以后到银行签合同、放款；每期还多少，在“我的”里看。"),
        ),
        "提交申请",
    )
