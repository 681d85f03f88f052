"""What people ask about the data held of them, the copies they take, who is blocked, whose rows went out in a file."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.kernel.files import StoredFile
from guiyan.kernel.workflow import Flowed
from guiyan.registers import states


class DataRequest(Flowed):
    """To put right one field of one entry, or to delete what is held. The gate keeps its state.

    entry_id: the subject whose entry it is, of all that she is known as. claim: what would be right, sealed; a claim
    of an empty text says that nothing should stand there. done: what was done, in counts and rights, without data.
    """

    flow_object = "data_request"
    KINDS = [(states.CORRECT, "更正"), (states.ERASE, "删除")]

    kind = models.CharField("申请什么", max_length=8, choices=KINDS)
    subject_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    register = models.CharField(max_length=40)
    field = models.CharField(max_length=40, blank=True)
    claim = models.BinaryField(null=True)
    reason = models.CharField("理由", max_length=300)
    paper = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField("办理单位", max_length=120, blank=True)
    region = models.BigIntegerField()
    answer = models.CharField("答复", max_length=500, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_by_label = models.CharField(max_length=80, blank=True)
    done = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="data_requests_of_one"),
            models.Index(fields=["state", "region"], name="data_requests_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry_id", "register", "field", "kind"],
                condition=models.Q(state=states.ASKED),
                name="one_open_data_request",
            )
        ]

    @property
    def number(self) -> str:
        return f"GX{self.asked_at.year}{self.pk:06d}"

    @property
    def ref(self) -> str:
        return f"data_request:{self.pk}"

    @property
    def words(self) -> str:
        return {states.ASKED: "正在办", states.ACCEPTED: "已办好", states.REFUSED: "没有同意"}.get(self.state, "已撤回")

    @property
    def tone(self) -> str:
        tones = {states.ASKED: "amber", states.ACCEPTED: "green", states.REFUSED: "red"}
        return tones.get(self.state, "plain")

    @property
    def is_open(self) -> bool:
        return self.state == states.ASKED


class Block(models.Model):
    """A subject whose entries are out of the registers, with the decision it rests on. Lifted: they are back.

    registers: those she was in, for whoever may look; level: register → the step she stood on. erased: for ever.
    """

    subject_id = models.BigIntegerField()
    request = models.ForeignKey(DataRequest, null=True, on_delete=models.PROTECT, related_name="blocks")
    registers = ArrayField(models.CharField(max_length=40), default=list)
    erased = models.BooleanField(default=False)
    basis = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=80)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=models.Q(lifted_at=None), name="one_block_of_a_subject"
            )
        ]


class ShutKey(models.Model):
    """A digest of a key's digest: whoever has this number is blocked or erased, and no file brings her back."""

    digest = models.BinaryField(primary_key=True)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="keys")
    region = models.BigIntegerField()


class DataCopy(models.Model):
    """A copy of all that is held of one person, for herself, once. sealed: empty before it is made and when it went."""

    subject_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    size = models.IntegerField(default=0)
    sealed = models.BinaryField(null=True)
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-id"], name="copies_of_one")]


class ExportedPiece(models.Model):
    """Whose entries went out in a file: the ids of one piece of it, so that each of them can be told."""

    export = models.ForeignKey("registers.RegisterExport", on_delete=models.PROTECT, related_name="pieces")
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    subject_ids = ArrayField(models.BigIntegerField())
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["low", "high"], name="exported_pieces")]
