"""What the ledger keeps. Every row but `Account.balance_fen` and an entitlement's ending is written once.

An account's balance is what was credited to it less what was debited from it; only the database trigger of
`0002_walls_and_balances` writes it. What became of a payment line is its `LineResult`: no status can disagree with it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.kernel.texts import masked_numbers


class Account(models.Model):
    """One pot of one programme in one county: budget, promised, with the treasury, paid."""

    code = models.CharField("科目", max_length=120, unique=True)
    title = models.CharField("名称", max_length=120)
    programme = models.CharField("资金项目", max_length=80)
    pot = models.CharField("栏目", max_length=20)
    region = models.BigIntegerField("区划")
    currency = models.CharField("币种", max_length=8, default="CNY")
    floor_fen = models.BigIntegerField("下限（分）", null=True)
    balance_fen = models.BigIntegerField("余额（分）", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "region", "pot", "currency"], name="ledger_account_once"),
            models.UniqueConstraint(fields=["id", "currency"], name="ledger_account_currency"),
            models.CheckConstraint(
                condition=Q(floor_fen__isnull=True) | Q(balance_fen__gte=models.F("floor_fen")),
                name="ledger_account_floor",
            ),
        ]


class Transfer(models.Model):
    """`amount_fen` moved from the account `debit` to the account `credit`, once for each idempotency key."""

    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    currency = models.CharField(max_length=8, default="CNY")
    amount_fen = models.BigIntegerField("金额（分）")
    kind = models.CharField("业务", max_length=20)
    idempotency_key = models.CharField(max_length=160, unique=True)
    case_ref = models.CharField(max_length=40, blank=True)
    batch_ref = models.CharField(max_length=40, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    at = models.DateTimeField("业务时间")
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="ledger_transfer_positive"),
            models.CheckConstraint(condition=~Q(debit=models.F("credit")), name="ledger_transfer_two_accounts"),
        ]
        indexes = [
            models.Index(fields=["case_ref"], name="ledger_transfer_case"),
            models.Index(fields=["region", "-id"], name="ledger_transfer_region"),
        ]

    @property
    def basis_shown(self) -> str:
        """As pages show it: of a returned payment it is what the bank wrote."""
        return masked_numbers(self.basis) if self.kind == "returned" else self.basis


class Entitlement(models.Model):
    """One person's right to one benefit: held from approval on, ended when void or recovered.

    step: which of the payments or tiers of its measure it is, where each of them is given once.
    """

    measure_id = models.CharField(max_length=80)
    once_key = models.CharField(max_length=80)
    step = models.CharField(max_length=12, blank=True, default="")
    subject_id = models.BigIntegerField()
    case_ref = models.CharField(max_length=40)
    programme = models.CharField(max_length=80)
    amount_fen = models.BigIntegerField()
    region = models.BigIntegerField()
    claimed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure_id", "once_key"], condition=Q(ended_at__isnull=True), name="ledger_entitlement_once"
            ),
            models.UniqueConstraint(
                fields=["case_ref"], condition=Q(ended_at__isnull=True), name="ledger_entitlement_case"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="ledger_entitlement_positive"),
        ]
        indexes = [models.Index(fields=["subject_id"], name="ledger_entitlement_subject")]


class PaymentRequest(models.Model):
    """What the treasury is asked to pay for one batch, in one file. A further round follows returned payments."""

    number = models.CharField("支付申请编号", max_length=40, unique=True)
    batch_ref = models.CharField(max_length=40)
    round = models.IntegerField(default=1)
    programme = models.CharField(max_length=80)
    region = models.BigIntegerField()
    line_count = models.IntegerField()
    total_fen = models.BigIntegerField()
    requested_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch_ref", "round"], name="ledger_request_once")]
        indexes = [models.Index(fields=["region", "-id"], name="ledger_request_region")]


class PaymentLine(models.Model):
    """One payee of a request. `attempt` counts up when a returned payment is asked for again."""

    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="lines")
    line_no = models.IntegerField()
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="lines")
    case_ref = models.CharField(max_length=40)
    attempt = models.IntegerField()
    payee = models.CharField("收款人", max_length=80)
    bank = models.CharField("开户行", max_length=120)
    account_no_enc = models.BinaryField()
    account_tail = models.CharField(max_length=4)
    amount_fen = models.BigIntegerField()
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "line_no"], name="ledger_line_no"),
            models.UniqueConstraint(fields=["case_ref", "attempt"], name="ledger_line_attempt"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="ledger_line_positive"),
        ]
        indexes = [models.Index(fields=["subject_id"], name="ledger_line_subject")]


class PaymentFile(models.Model):
    """The file that went out for a request: written once, known by its hash."""

    request = models.OneToOneField(PaymentRequest, on_delete=models.PROTECT, related_name="file")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    region = models.BigIntegerField()


class ResultFile(models.Model):
    """A file of the treasury's answers, as read: taken once for each request and content."""

    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="result_files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    paid = models.IntegerField()
    returned = models.IntegerField()
    repeated = models.IntegerField()
    errors = models.JSONField(default=list)
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "sha256"], name="ledger_result_file_once")]


class LineResult(models.Model):
    """What the treasury said of one line: paid with a receipt, or returned (退票) with a reason."""

    line = models.OneToOneField(PaymentLine, on_delete=models.PROTECT, related_name="result")
    source = models.ForeignKey(ResultFile, on_delete=models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=10, choices=[("paid", "成功"), ("returned", "退票")])
    receipt_no = models.CharField("回单号", max_length=60, blank=True)
    reason = models.CharField("退票原因", max_length=200, blank=True)
    on = models.DateField("入账日期")
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    @property
    def reason_shown(self) -> str:
        """As pages show it, also where it was taken before reasons were masked on their way in."""
        return masked_numbers(self.reason)


class Recovery(models.Model):
    """Money asked back (追回) for one case, and what has come in so far."""

    entitlement = models.OneToOneField(Entitlement, on_delete=models.PROTECT, related_name="recovery")
    case_ref = models.CharField(max_length=40, unique=True)
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    @property
    def reason_shown(self) -> str:
        return masked_numbers(self.reason)


class RecoveryReceipt(models.Model):
    """One sum that came back to the treasury for a recovery."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="receipts")
    amount_fen = models.BigIntegerField()
    receipt_no = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="ledger_receipt_positive")]
