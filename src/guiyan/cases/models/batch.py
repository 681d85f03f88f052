"""What is rechecked, signed, published and paid together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.cases import states
from guiyan.cases.models.case import Case
from guiyan.kernel.workflow import Flowed


class Batch(Flowed):
    """A summary of approved cases of one item in one unit. Its count and total are of the lines still in it."""

    flow_object = "batch"

    number = models.CharField("批次编号", max_length=40, unique=True)
    title = models.CharField("批次", max_length=160)
    item = models.CharField(max_length=80)
    measure = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    region = models.BigIntegerField()
    line_count = models.IntegerField(default=0)
    total_fen = models.BigIntegerField(default=0)
    prepared_at = models.DateTimeField()
    prepared_by_label = models.CharField(max_length=120)
    signed_on = models.DateField(null=True)
    signed_by_label = models.CharField(max_length=120, blank=True)
    notice_number = models.CharField(max_length=60, blank=True)
    notice_until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(total_fen__gte=0), name="cases_batch_total")]
        indexes = [models.Index(fields=["region", "-id"], name="cases_batch_region")]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> str:
        """How other modules name this batch."""
        return f"batch:{self.pk}"

    @property
    def subject_id(self) -> None:
        """A batch is about many; no single subject sees it."""
        return None

    @property
    def state_label(self) -> str:
        return states.BATCH_LABELS.get(self.state, self.state)

    @property
    def tone(self) -> str:
        """The colour of its state's chip; 在办 is blue."""
        return states.BATCH_TONES.get(self.state, "blue")


class BatchLine(models.Model):
    """One case in a batch; its amount is 0 where no money is asked for.

    How it stands is the case's own state; a line taken out keeps when and why.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    line_no = models.IntegerField("序号")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="batch_lines")
    amount_fen = models.BigIntegerField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.CharField(max_length=300, blank=True)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line_no"], name="cases_line_no"),
            models.UniqueConstraint(fields=["case"], condition=Q(removed_at__isnull=True), name="cases_line_one_batch"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="cases_line_amount"),
        ]
        indexes = [models.Index(fields=["subject_id"], name="cases_line_subject")]
