"""Forms of banks, guarantors and those who reckon subsidies; amounts are typed in yuan and kept in fen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from guiyan.desk.payments.forms import YuanField
from guiyan.kernel import calendar
from guiyan.kernel.texts import FORM_WORDS
from guiyan.lending import states
from guiyan.lending.actions.referring import MOST_RATE
from guiyan.lending.models import Referral
from guiyan.lending.schedule import MOST_MONTHS

WRONG_RATE = {
    "required": "请填年利率。",
    "invalid": "年利率要写成数字，例如3.1。",
    "min_value": "年利率不能小于0。",
    "max_value": f"年利率不能超过{MOST_RATE}%，请核对。",
    "max_decimal_places": "年利率最多四位小数。",
    "max_digits": "年利率的位数太多，请核对。",
    "max_whole_digits": "年利率太大，请核对。",
}
WRONG_MONTHS = {
    "required": "请填期限。",
    "invalid": "期限要写整数，单位是月。",
    "min_value": "期限至少1个月。",
    "max_value": f"期限最长{MOST_MONTHS}个月。",
}
WRONG_DAY = {"required": "请填日期。", "invalid": "日期要写成2026-06-09这样。"}


class AmountField(YuanField):
    """Like YuanField, where nothing typed means none, and 0 is an amount."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def run_validators(self, value: Any) -> None:
        if value != 0:
            super().run_validators(value)


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=WRONG_DAY, **kwargs)


def reason_field(label: str, missing: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**FORM_WORDS, "required": missing},
    )


class BankAnswerForm(forms.Form):
    """What the bank agrees to; `decline` needs nothing but a reason."""

    amount = YuanField(label="同意贷多少")
    rate = forms.DecimalField(
        label="年利率",
        min_value=Decimal(0),
        max_value=MOST_RATE,
        max_digits=7,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=WRONG_RATE,
    )
    months = forms.IntegerField(label="期限", min_value=1, max_value=MOST_MONTHS, error_messages=WRONG_MONTHS)
    reason = reason_field("意见", "", required=False, hint="可以不写；写了申请人和经办单位会看到")

    def __init__(self, data: Any, referral: Referral) -> None:
        wish = {"amount": f"{referral.wish_fen // 100:,}", "months": referral.wish_months}
        super().__init__(data, initial=wish)


class SuretyAnswerForm(forms.Form):
    """Whether a counter-guarantee is asked for, always with the reason."""

    counter_guarantee = forms.ChoiceField(
        label="要不要反担保",
        choices=list(states.COUNTER_GUARANTEE.items()),
        widget=forms.RadioSelect,
        error_messages={**FORM_WORDS, "required": "请选免除反担保，或者要求反担保。"},
    )
    reason = reason_field("理由", "请写明理由。", hint="照建议办的、没有照建议办的，都写清楚；申请人会看到")


class ReasonForm(forms.Form):
    """A reason that the applicant and the office read."""

    reason = reason_field("理由", "请写明理由。", hint="申请人和经办单位会看到，请写得具体、平实")


class PayOutForm(forms.Form):
    """What the bank paid out, within what it agreed to."""

    contract_no = forms.CharField(
        label="借据号",
        max_length=40,
        error_messages={**FORM_WORDS, "required": "请填借据号。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    from_on = day_field("放款日")
    principal = YuanField(label="放款金额")
    method = forms.ChoiceField(
        label="还款方式",
        choices=list(states.METHODS.items()),
        error_messages={**FORM_WORDS, "required": "请选还款方式。"},
    )
    basis = forms.ChoiceField(label="计息方式", choices=list(states.BASES.items()), error_messages=FORM_WORDS)

    def __init__(self, data: Any, referral: Referral) -> None:
        initial = {"principal": f"{(referral.amount_fen or 0) // 100:,}", "from_on": calendar.today()}
        super().__init__(data, initial={**initial, "method": states.INTEREST_MONTHLY, "basis": states.BY_MONTH})


class RepaymentForm(forms.Form):
    """One repayment as the bank received it, or what the guarantor paid for the borrower."""

    kind = forms.ChoiceField(
        label="类型",
        choices=[(kind, states.KINDS[kind]) for kind in (states.REPAID, states.EARLY)],
        error_messages=FORM_WORDS,
    )
    on = day_field("还款日期")
    principal = AmountField(label="本金")
    interest = AmountField(label="利息")
    penalty = AmountField(label="罚息")
    serial = forms.CharField(
        label="银行流水号",
        max_length=60,
        error_messages={**FORM_WORDS, "required": "请填银行流水号。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, paid_for: bool = False) -> None:
        super().__init__(data, initial={"on": calendar.today()})
        if paid_for:
            del self.fields["kind"]
            self.fields["on"].label = "代偿日期"


class ClaimForm(forms.Form):
    """What the bank asks the guarantor for."""

    amount = YuanField(label="申请代偿的本金")
    reason = reason_field("催收情况和理由", "请写明催收情况和申请代偿的理由。")


class ReportForm(forms.Form):
    file = forms.FileField(
        label="还款报表",
        help_text=".xlsx或.csv，不超过20MB。有错的行退回并写明行号，其余照记；同一份文件只记一次。",
        error_messages={
            "required": "请选择要导入的文件。",
            "invalid": "请选择要导入的文件。",
            "missing": "请选择要导入的文件。",
            "empty": "这个文件是空的（0字节）。请重新导出后上传。",
        },
    )


class PrepareForm(forms.Form):
    """A county and one of its quarters that are over; the value is 421224000000.2026Q2."""

    what = forms.ChoiceField(
        label="哪个县、哪个季度", error_messages={**FORM_WORDS, "required": "请选要计算的县和季度。"}
    )

    def __init__(self, data: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
