"""One request by one subject for one item, and the verdicts it was decided on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.cases import states
from guiyan.kernel.workflow import Handled


class Case(Handled):
    """A request. What was written on the form is kept in two halves: what anyone handling it sees, and what is sealed.

    subject_id is the person who applies, beneficiary_id whose benefit it is: hers, or the firm's she applies for.
    `applicant` is called by whose benefit it is; of a firm she is the contact.
    `number` is empty until the case is submitted; `measure` where no measure gives what is asked for.
    `answer_sources`: field -> who gave the answer, where that is not simply how the case was entered.
    `joint`: what it was applied for with, where one form started several; `green`: officers find it marked, on top.
    `once_key` is set at submission when the measure is granted once,
    so that two live cases of one person cannot stand beside each other.
    """

    flow_object = "case"
    ENTRIES = [("self", "本人提交"), ("counter", "窗口代录"), ("helper", "帮办代办")]

    # Code point order on every server, so that a beginning is a range (see queries.lists.begins).
    number = models.CharField("办件编号", max_length=32, blank=True, db_collation="C")
    item = models.CharField("事项", max_length=80)
    measure = models.CharField("政策措施", max_length=80, blank=True)
    title = models.CharField("事项名称", max_length=120)
    form = models.CharField("表单", max_length=80)
    form_version = models.IntegerField("表单版本", default=1)
    subject_id = models.BigIntegerField("申请人")
    applicant = models.CharField("申请人姓名", max_length=120, db_collation="C")
    firm_subject_id = models.BigIntegerField("经营主体", null=True)
    firm = models.CharField("经营主体名称", max_length=200, blank=True, db_collation="C")
    beneficiary_id = models.BigIntegerField("受益主体")
    region = models.BigIntegerField("区划")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    entry = models.CharField("来源", max_length=10, choices=ENTRIES)
    entered_by_id = models.BigIntegerField("录入人", null=True)
    entered_by_label = models.CharField(max_length=120, blank=True)
    joint = models.ForeignKey("cases.Joint", null=True, on_delete=models.PROTECT, related_name="cases")
    green = models.BooleanField("绿色通道", default=False)
    mandate = models.ForeignKey("cases.Mandate", null=True, on_delete=models.PROTECT, related_name="cases")
    answers = models.JSONField("申请表", default=dict)
    sealed = models.BinaryField("申请表中加密的部分", default=bytes)
    held = models.JSONField("提交时已掌握的内容", default=dict)
    answer_sources = models.JSONField("由别人填写或提交后改过的栏目", default=dict)
    account_tail = models.CharField("账号尾号", max_length=4, blank=True)
    amount_fen = models.BigIntegerField("金额（分）", default=0)
    once_key = models.CharField(max_length=80, blank=True)
    submission_token = models.CharField(max_length=64)
    opened_at = models.DateTimeField("建立时间")
    saved_at = models.DateTimeField("最近保存")
    submitted_at = models.DateTimeField("提交时间", null=True)
    due_on = models.DateField("本环节到期", null=True)
    due_clock = models.CharField("哪个时限到期", max_length=40, blank=True, default="")
    paused_reason = models.CharField("暂停原因", max_length=300, blank=True)
    accepted_by_id = models.BigIntegerField("受理人", null=True)
    accepted_for_id = models.BigIntegerField("代谁受理", null=True)
    accepted_under = models.ForeignKey(
        "cases.Delegation", null=True, on_delete=models.PROTECT, related_name="cases", verbose_name="受托受理"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=Q(number__gt=""), name="cases_case_number"),
            models.UniqueConstraint(fields=["submission_token"], name="cases_case_submitted_once"),
            models.UniqueConstraint(
                fields=["measure", "once_key"],
                condition=~Q(once_key="") & ~Q(state__in=states.ENDED_WITHOUT_MONEY),
                name="cases_case_once",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="cases_case_amount"),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="cases_case_region"),
            models.Index(fields=["state", "due_on", "id"], name="cases_case_due"),
            models.Index(fields=["unit", "state", "due_on", "id"], name="cases_case_unit_due"),
            models.Index(fields=["subject_id", "-id"], name="cases_case_subject"),
            models.Index(fields=["beneficiary_id", "-id"], name="cases_case_beneficiary"),
            models.Index(fields=["measure", "state"], name="cases_case_measure"),
            models.Index(fields=["applicant", "id"], name="cases_case_applicant"),
            models.Index(fields=["firm", "id"], name="cases_case_firm"),
            models.Index(fields=["entered_by_id", "state", "id"], name="cases_case_entered"),
        ]

    def __str__(self) -> str:
        return self.number or f"草稿{self.pk}"

    @property
    def ref(self) -> str:
        """How other modules name this case."""
        return f"case:{self.pk}"

    @property
    def for_firm(self) -> bool:
        """Whether it is the firm's benefit, not the applicant's own."""
        return self.beneficiary_id != self.subject_id

    @property
    def beneficiary(self) -> str:
        """Whose benefit it is, by name."""
        return self.firm if self.for_firm else self.applicant

    @property
    def state_label(self) -> str:
        if self.state == states.REFUSED and not self.measure:
            return states.REFUSED_RECOGNITION
        return states.LABELS.get(self.state, self.state)

    @property
    def tone(self) -> str:
        """The colour of its state's chip; 在办 is blue."""
        return states.TONES.get(self.state, "blue")

    @property
    def entry_label(self) -> str:
        return dict(self.ENTRIES).get(self.entry, self.entry)


class CaseVerdict(models.Model):
    """What the rule said of a case at one moment, on which facts and which version: never changed afterwards."""

    MOMENTS = [("submitted", "提交时"), ("reviewed", "审核时")]

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="verdicts")
    moment = models.CharField(max_length=12, choices=MOMENTS)
    at = models.DateTimeField()
    release = models.BigIntegerField("规则发布号")
    measure_version = models.CharField("措施版本", max_length=20)
    verdict = models.CharField(max_length=10)
    amount_fen = models.BigIntegerField(null=True)
    reckoning = models.JSONField("金额怎样算出", default=dict)
    facts = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    open_conditions = models.JSONField(default=list)
    clause = models.JSONField(default=dict)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="cases_verdict_case")]
