"""Forms of the money pages; amounts are typed in yuan and kept in fen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from guiyan.accounts.models import Region
from guiyan.kernel.actors import Actor
from guiyan.kernel.texts import FORM_WORDS, plain_amount
from guiyan.ledger.queries import budget_regions

WRONG_YUAN = {
    "required": "请填金额。",
    "invalid": "金额要写成数字，例如5000或5000.50。",
    "min_value": "金额要大于0。",
    "max_decimal_places": "金额最多两位小数。",
    "max_digits": "金额太大，请核对单位是不是元。",
    "max_whole_digits": "金额太大，请核对单位是不是元。",
}
MISSING_FILE = "请选择财政的结果文件。"


class YuanField(forms.DecimalField):
    """Yuan in digits, perhaps with commas between thousands, with at most two decimals; `clean` gives fen."""

    # A box for numbers would take 1e5, and no commas.
    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal("0.01"), max_digits=14, decimal_places=2, error_messages=WRONG_YUAN, **kwargs
        )

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # stubs take it for whole numbers
        if value in self.empty_values:
            return None
        amount = plain_amount(str(value))
        if amount is None:
            raise forms.ValidationError(WRONG_YUAN["invalid"], code="invalid")
        return amount

    def clean(self, value: object) -> int:
        amount = super().clean(value)
        return int(amount * 100) if amount is not None else 0


class ResultForm(forms.Form):
    file = forms.FileField(
        label="财政结果文件",
        help_text="财政一体化系统导出的.xlsx或.csv，不超过20MB。可以分几次回，已回的行不会重复记账。",
        error_messages={
            "required": MISSING_FILE,
            "invalid": MISSING_FILE,
            "missing": MISSING_FILE,
            "empty": "这个文件是空的（0字节）。请重新导出后上传。",
        },
    )


class BudgetForm(forms.Form):
    programme = forms.ChoiceField(label="资金项目", error_messages=FORM_WORDS | {"required": "请选资金项目。"})
    region = forms.TypedChoiceField(
        label="县（市、区）", coerce=int, error_messages=FORM_WORDS | {"required": "请选县（市、区）。"}
    )
    amount = YuanField(label="下达金额")
    source_doc = forms.CharField(
        label="下达文件或凭证号",
        max_length=100,
        help_text="同一文件或凭证只记一次",
        error_messages=FORM_WORDS | {"required": "请填下达文件或凭证号。"},
    )

    def __init__(self, *args: object, actor: Actor, programmes: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]
        regions = Region.objects.filter(code__in=budget_regions(actor)).order_by("code")
        self.fields["region"].choices = [(r.code, r.name) for r in regions]  # type: ignore[attr-defined]


class RecoveryForm(forms.Form):
    amount = YuanField(label="入库金额")
    receipt = forms.CharField(
        label="入库凭证号",
        max_length=60,
        help_text="缴款书或银行回单上的编号",
        error_messages=FORM_WORDS | {"required": "请填入库凭证号。"},
    )
