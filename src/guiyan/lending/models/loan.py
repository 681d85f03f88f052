"""A loan as its bank states it: the terms, the schedule in force, what was repaid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from guiyan.lending import states
from guiyan.lending.schedule import Terms


class Loan(models.Model):
    """One loan paid out. Everything below `principal_paid_fen` follows from other rows and is renewed by the actions.

    subject_id is who applied, beneficiary_id who borrows: the same person, or her firm.
    contract_no: the bank's own number (借据号). covered_fen: the part of the principal within the measure's cap.
    subsidy_percent: of the interest, as the measure said on the day it was paid out; 0 where it gives none.
    next_due_on: the oldest instalment not met in full.
    """

    number = models.CharField("贷款编号", max_length=32, unique=True, db_collation="C")
    case_ref = models.CharField(max_length=40, blank=True)
    case_number = models.CharField("办件编号", max_length=32, blank=True)
    title = models.CharField("贷款种类", max_length=120)
    measure = models.CharField(max_length=80)
    subject_id = models.BigIntegerField("申请人")
    beneficiary_id = models.BigIntegerField("借款主体")
    borrower = models.CharField("借款人", max_length=200, db_collation="C")
    is_firm = models.BooleanField("借款人是企业", default=False)
    firm = models.CharField("经营主体", max_length=200, blank=True)
    bank = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    guarantor = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    counter_guarantee = models.CharField(max_length=10, blank=True, choices=list(states.COUNTER_GUARANTEE.items()))
    contract_no = models.CharField("借据号", max_length=40, db_collation="C")
    principal_fen = models.BigIntegerField("本金（分）")
    rate_percent = models.DecimalField("年利率（%）", max_digits=7, decimal_places=4)
    from_on = models.DateField("放款日")
    months = models.IntegerField("期限（月）")
    to_on = models.DateField("到期日")
    method = models.CharField("还款方式", max_length=20, choices=list(states.METHODS.items()))
    basis = models.CharField("计息方式", max_length=10, choices=list(states.BASES.items()), default=states.BY_MONTH)
    covered_fen = models.BigIntegerField("政策上限以内的本金（分）")
    subsidy_percent = models.DecimalField("贴息比例（%）", max_digits=7, decimal_places=4, default=Decimal(0))
    recorded_at = models.DateTimeField("登记时间")
    recorded_by_label = models.CharField(max_length=120)
    region = models.BigIntegerField("区划")
    principal_paid_fen = models.BigIntegerField(default=0)
    interest_paid_fen = models.BigIntegerField(default=0)
    penalty_paid_fen = models.BigIntegerField(default=0)
    revision = models.IntegerField("还款计划第几版", default=1)
    next_due_on = models.DateField("下次应还", null=True)
    settled_on = models.DateField("结清日", null=True)
    claim_asked_on = models.DateField("申请代偿", null=True)
    claim_fen = models.BigIntegerField("申请代偿金额（分）", null=True)
    claim_reason = models.CharField(max_length=300, blank=True)
    claim_paid_on = models.DateField("代偿日", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "contract_no"], name="lending_loan_contract"),
            models.UniqueConstraint(fields=["case_ref"], condition=~Q(case_ref=""), name="lending_loan_case"),
            models.CheckConstraint(
                condition=Q(principal_fen__gt=0, covered_fen__gte=0, covered_fen__lte=F("principal_fen")),
                name="lending_loan_principal",
            ),
            models.CheckConstraint(
                condition=Q(principal_paid_fen__gte=0, principal_paid_fen__lte=F("principal_fen")),
                name="lending_loan_repaid",
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None) | Q(principal_paid_fen=F("principal_fen")), name="lending_loan_settled"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="lending_loan_region"),
            models.Index(fields=["bank", "settled_on", "next_due_on", "id"], name="lending_loan_bank"),
            models.Index(fields=["guarantor", "-id"], name="lending_loan_guarantor"),
            models.Index(fields=["subject_id", "-id"], name="lending_loan_subject"),
            models.Index(fields=["beneficiary_id", "measure"], name="lending_loan_beneficiary"),
            models.Index(fields=["borrower", "id"], name="lending_loan_borrower"),
            models.Index(fields=["from_on"], name="lending_loan_from"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def kind_words(self) -> str:
        """What the loan is called, where `title` is what was applied for: 个人创业担保贷款."""
        return self.title.removesuffix("申请")

    @property
    def ref(self) -> str:
        return f"loan:{self.pk}"

    @property
    def terms(self) -> Terms:
        return Terms(self.principal_fen, self.rate_percent, self.from_on, self.months, self.method, self.basis)

    @property
    def outstanding_fen(self) -> int:
        return self.principal_fen - self.principal_paid_fen

    @property
    def method_label(self) -> str:
        return states.METHODS[self.method]

    @property
    def basis_label(self) -> str:
        return states.BASES[self.basis]

    @property
    def counter_guarantee_label(self) -> str:
        return states.COUNTER_GUARANTEE.get(self.counter_guarantee, "")

    def standing_on(self, today: date) -> str:
        """How it stands on a day, from its rows."""
        if self.settled_on is not None:
            return states.CLAIM_PAID if self.claim_paid_on is not None else states.SETTLED
        if self.claim_paid_on is not None:
            return states.CLAIM_PAID
        if self.claim_asked_on is not None:
            return states.CLAIM_OPEN
        late = self.next_due_on is not None and self.next_due_on < today
        return states.OVERDUE if late else states.CURRENT


class OfLoan(models.Model):
    """A row of a loan's book, with the columns that its wall stands on."""

    region = models.BigIntegerField()
    bank = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    guarantor = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True


class Instalment(OfLoan):
    """What falls due on a day. A new revision of the schedule replaces the earlier one, which is kept."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="instalments")
    revision = models.IntegerField(default=1)
    line_no = models.IntegerField("期数")
    due_on = models.DateField("应还日")
    principal_fen = models.BigIntegerField("应还本金（分）")
    interest_fen = models.BigIntegerField("应还利息（分）")
    early = models.BooleanField("提前还款", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "revision", "line_no"], name="lending_instalment_once"),
            models.CheckConstraint(
                condition=Q(principal_fen__gte=0, interest_fen__gte=0), name="lending_instalment_amounts"
            ),
        ]

    @property
    def total_fen(self) -> int:
        return self.principal_fen + self.interest_fen


class Repayment(OfLoan):
    """What the bank states it received, once by its serial (流水号). A mistake is voided with its reason."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="repayments")
    kind = models.CharField("类型", max_length=10, choices=list(states.KINDS.items()))
    on = models.DateField("还款日期")
    principal_fen = models.BigIntegerField("本金（分）", default=0)
    interest_fen = models.BigIntegerField("利息（分）", default=0)
    penalty_fen = models.BigIntegerField("罚息（分）", default=0)
    serial = models.CharField("银行流水号", max_length=60)
    report = models.ForeignKey("lending.BankReport", on_delete=models.PROTECT, null=True, related_name="repayments")
    recorded_at = models.DateTimeField()
    recorded_by_label = models.CharField(max_length=120)
    void_at = models.DateTimeField("作废", null=True)
    void_reason = models.CharField("作废原因", max_length=300, blank=True)
    void_by_label = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "serial"], condition=Q(void_at=None), name="lending_repayment_serial"
            ),
            models.CheckConstraint(
                condition=Q(principal_fen__gte=0, interest_fen__gte=0, penalty_fen__gte=0),
                name="lending_repayment_amounts",
            ),
        ]
        indexes = [models.Index(fields=["loan", "on", "id"], name="lending_repayment_loan")]

    @property
    def total_fen(self) -> int:
        return self.principal_fen + self.interest_fen + self.penalty_fen
