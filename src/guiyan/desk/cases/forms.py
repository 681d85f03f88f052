"""Forms of the steps on a case: an opinion, and what some steps need beside it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django import forms

from guiyan.cases import actions, declared, queries
from guiyan.cases.materials import ACCOUNT
from guiyan.cases.money_words import yuan
from guiyan.cases.queries import Case
from guiyan.cases.spelling import TOO_LONG
from guiyan.kernel import calendar

USUAL_DAYS_TO_ADD = 5


def refusal_words(case: Case) -> str:
    """不予发放, or 不予认定 where no money is asked for."""
    return "不予发放" if case.measure else "不予认定"


def holder_words(case: Case) -> str:
    """Whose name the account must be in."""
    return case.applicant if case.for_firm else f"{case.applicant}本人"


class StepForm(forms.Form):
    """What every step has: the case it is about, and an opinion or reason in words."""

    opinion = forms.CharField(
        label="意见",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, uploads: Any = None, *, case: Case) -> None:
        super().__init__(data, uploads)
        self.case = case
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from what the case's item declares."""

    @property
    def words(self) -> str:
        """The opinion as written."""
        return str(self.cleaned_data.get("opinion", "")).strip()

    def effect_words(self, case: Case) -> str:
        """What the step does, said before it is done."""
        return ""


class OpinionForm(StepForm):
    """An opinion that may be left out."""


class ApprovalForm(StepForm):
    """A yes; where the measure leaves a range, how much, and why that much."""

    amount_yuan = forms.DecimalField(
        label="审定金额（元）",
        max_digits=12,
        decimal_places=2,
        error_messages={"required": "请填写审定金额", "invalid": "金额应是数字，最多两位小数"},
    )
    field_order = ("amount_yuan", "opinion")

    def prepare(self) -> None:
        self.bounds = actions.amount_range(self.case)
        if self.bounds is None:
            del self.fields["amount_yuan"]
            return
        least, most = self.bounds
        self.fields["amount_yuan"].help_text = f"在{yuan(least)}到{yuan(most)}之间"
        self.fields["opinion"].label = "为什么定这个金额"
        self.fields["opinion"].required = True
        self.fields["opinion"].error_messages["required"] = "请写明为什么定这个金额"

    @property
    def amount_fen(self) -> int | None:
        """As typed in a valid form; None where there is nothing to decide."""
        value = self.cleaned_data.get("amount_yuan")
        return None if value is None else int(value * 100)

    def clean(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        if self.bounds is not None and values.get("amount_yuan") is not None:
            least, most = self.bounds
            if not least <= int(values["amount_yuan"] * 100) <= most:
                self.add_error("amount_yuan", f"应在{yuan(least)}到{yuan(most)}之间")
        return values

    def effect_words(self, case: Case) -> str:
        return "同意后按审定金额占用资金，再由另外的人汇总、复核、签批。" if self.bounds else ""


class ReasonForm(StepForm):
    """A reason that must be given; the applicant reads it."""

    def prepare(self) -> None:
        self.fields["opinion"].label = "理由"
        self.fields["opinion"].required = True
        self.fields["opinion"].help_text = "会告诉申请人，请写得具体、平实。"
        self.fields["opinion"].error_messages["required"] = "请写明理由"


class BackForm(ReasonForm):
    """Why it goes back to an earlier step: for whoever did that step."""

    def prepare(self) -> None:
        super().prepare()
        self.fields["opinion"].help_text = "前一步的经办人看到，写进经过。"


class TakeBackForm(StepForm):
    """Why one's own step is taken back, if one says so."""

    def prepare(self) -> None:
        self.fields["opinion"].label = "撤回的理由"

    def effect_words(self, case: Case) -> str:
        return "回到您办这一步以前。已经有人接着办的，不能撤回。撤回写进经过，时限照算。"


class SupplementForm(ReasonForm):
    """Everything that is to be added, told at once."""

    materials = forms.MultipleChoiceField(label="要补的材料", required=False, widget=forms.CheckboxSelectMultiple)
    columns = forms.MultipleChoiceField(label="要改的栏目", required=False, widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(
        label="补交期限",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请写明什么时候以前补交", "invalid": "补交期限应是一个日期"},
    )
    field_order = ("materials", "columns", "opinion", "due_on")

    def prepare(self) -> None:
        super().prepare()
        item, form = declared.item_of(self.case), declared.form_of(self.case)
        _choices(self.fields["materials"], [(name, one.label) for name, one in item.materials.items()])
        _choices(
            self.fields["columns"],
            [(name, one.label) for name, one in form.fields.items() if name not in self.case.held],
        )
        self.fields["opinion"].label = "补什么、怎么补"
        self.fields["opinion"].error_messages["required"] = "请写明要补什么、怎么补"
        with suppress(calendar.CalendarYearMissing):
            usual = calendar.calendar().add_working_days(calendar.today(), USUAL_DAYS_TO_ADD)
            self.fields["due_on"].initial = usual
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        if not values.get("materials") and not values.get("columns"):
            self.add_error("materials", "请选出要补的材料或要改的栏目")
        if (due_on := values.get("due_on")) and due_on <= calendar.today():
            self.add_error("due_on", "补交期限应在今天以后")
        return values

    def effect_words(self, case: Case) -> str:
        return "补正只能告知一次，请把要补的一次说全。申请人补交以前，受理时限不往下走。"


class RefusalForm(ReasonForm):
    """Which conditions are not met, and the reason in words, for the written decision.

    It rests on at least one of the measure's conditions, or on what the reason says.
    """

    OTHER = "*"

    grounds = forms.MultipleChoiceField(
        label="不符合的条件",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选出不符合哪一条；都不是的，选“其他原因”，在理由里写明"},
    )
    field_order = ("grounds", "opinion")

    def prepare(self) -> None:
        super().prepare()
        conditions = declared.conditions(self.case)
        if not conditions:
            del self.fields["grounds"]
            return
        field, found = self.fields["grounds"], queries.facts_by_condition(self.case)
        _choices(field, [*conditions.items(), (self.OTHER, "其他原因")])
        notes = {name: f"查到：{found[name]}" for name in conditions if found.get(name)}
        field.choice_notes = {**notes, self.OTHER: "在下面写明依据哪一条"}  # type: ignore[attr-defined]
        field.initial = queries.unmet_conditions(self.case)

    @property
    def grounds_chosen(self) -> list[str]:
        """The conditions as ticked, or as they stand ticked at first."""
        chosen = self["grounds"].value() if "grounds" in self.fields else []
        return [one for one in chosen or [] if one in declared.conditions(self.case)]

    @property
    def digest(self) -> str:
        """Stands for what a valid form says: a letter read with one of these is not made with another."""
        said = "\n".join([*sorted(self.cleaned_data.get("grounds", [])), self.words])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def effect_words(self, case: Case) -> str:
        return f"作出{refusal_words(case)}决定，发给{case.applicant}，写明理由、依据和救济途径。决定作出后不能撤回。"


class WithdrawalForm(StepForm):
    """Why the applicant takes the request back, if she says so."""

    def prepare(self) -> None:
        self.fields["opinion"].label = "申请人撤回的原因"

    def effect_words(self, case: Case) -> str:
        return f"{case.applicant}的这次申请到此为止，不影响以后重新申请。"


class RecoveryForm(ReasonForm):
    """How much is asked back and why."""

    amount_yuan = forms.DecimalField(
        label="追回金额（元）",
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        error_messages={"required": "请填写追回金额", "invalid": "金额应是数字，最多两位小数"},
    )
    field_order = ("amount_yuan", "opinion")

    def prepare(self) -> None:
        super().prepare()
        self.fields["amount_yuan"].initial = Decimal(self.case.amount_fen) / 100

    def clean(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        if values.get("amount_yuan") is not None:
            values["amount_fen"] = int(values["amount_yuan"] * 100)
            if values["amount_fen"] > self.case.amount_fen:
                self.add_error("amount_yuan", f"最多追回{yuan(self.case.amount_fen)}")
        return values

    def effect_words(self, case: Case) -> str:
        return f"通知{case.applicant}退款，等财政入库回单；收齐以后这件办结。"


class AccountForm(StepForm):
    """The right account after a returned payment, with a fresh picture of the card it was read from."""

    bank = forms.CharField(
        label="开户银行", max_length=80, error_messages={"required": "请填写开户银行", "max_length": TOO_LONG}
    )
    account_no = forms.CharField(
        label="银行卡号",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "请填写银行卡号"},
    )
    picture = forms.FileField(
        label="新银行卡的照片", help_text="当面拍有卡号的一面", error_messages={"required": "请当面拍下新的银行卡"}
    )
    field_order = ("bank", "account_no", "picture")

    def prepare(self) -> None:
        del self.fields["opinion"]
        if ACCOUNT not in declared.item_of(self.case).materials:
            del self.fields["picture"]

    def effect_words(self, case: Case) -> str:
        words = "新账户的尾号会告诉申请人；由另一人对照照片确认以后，才能重新申请拨付。"
        return f"{words}户名仍是{holder_words(case)}。"


class AccountCheckForm(OpinionForm):
    """The second person's word about an account that was given for the applicant."""

    def effect_words(self, case: Case) -> str:
        return (
            f"请先打开新拍的银行卡照片，与卡号核对，户名须是{holder_words(case)}。"
            f"确认以后{yuan(case.amount_fen)}可以重新申请拨付到尾号{case.account_tail}的账户。"
        )


def _choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = choices
