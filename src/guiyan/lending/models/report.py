"""What a bank states in a file: taken once for each content, with its errors; balances to compare our book with."""

from __future__ import annotations

from django.db import models

from guiyan.lending.models.loan import Loan, OfLoan


class BankReport(models.Model):
    """errors: [row, column, what is wrong, what would be right]."""

    bank = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件", max_length=200)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField("导入时间")
    taken_by_label = models.CharField(max_length=120)
    taken = models.IntegerField("记入笔数")
    repeated = models.IntegerField("以前记过")
    balances = models.IntegerField("对余额笔数")
    errors = models.JSONField(default=list)
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank", "sha256"], name="lending_report_once")]
        indexes = [models.Index(fields=["bank", "-id"], name="lending_report_bank")]


class Statement(OfLoan):
    """The principal that the bank says is outstanding at the end of a day."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="statements")
    report = models.ForeignKey(BankReport, on_delete=models.PROTECT, related_name="statements")
    on = models.DateField("余额日期")
    balance_fen = models.BigIntegerField("本金余额（分）")

    class Meta:
        indexes = [models.Index(fields=["loan", "-on", "-id"], name="lending_statement_loan")]
