"""A file handed in at the desk, until it was brought in; and which column meant what the last time."""

from __future__ import annotations

from django.db import models

from guiyan.registers import states


class ImportFile(models.Model):
    """One uploaded file and what became of it. The file lies under GUIYAN_HOME/imports and is removed at the end.

    columns: [heading, field or ""] in the order of the file; empty until somebody confirmed them.
    preview: counts, examples and faults of the check, without personal numbers.
    unit_id: the unit outside government whose entries they are; its accounts see the file, and no result of linkage.
    problem: why the check or the import ended without a result, in words.
    """

    STAGES = [
        (states.FILE_HANDED_IN, "待对应列"),
        (states.FILE_CHECKING, "正在检查"),
        (states.FILE_CHECKED, "待确认"),
        (states.FILE_BRINGING, "正在导入"),
        (states.FILE_DONE, "已导入"),
        (states.FILE_DROPPED, "已取消"),
        (states.FILE_FAILED, "没有导入"),
    ]

    register = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    sheet = models.CharField(max_length=120, blank=True)
    columns = models.JSONField(default=list)
    stage = models.CharField(max_length=12, choices=STAGES, default=states.FILE_HANDED_IN)
    preview = models.JSONField(default=dict)
    problem = models.CharField(max_length=400, blank=True)
    cancel_asked = models.BooleanField(default=False)
    run = models.ForeignKey("registers.ImportRun", null=True, on_delete=models.PROTECT, related_name="files")
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["register", "-id"], name="files_of_register"),
            models.Index(
                fields=["unit_id", "register", "-id"],
                condition=models.Q(unit_id__isnull=False),
                name="files_of_sender",
            ),
        ]

    @property
    def is_working(self) -> bool:
        return self.stage in (states.FILE_CHECKING, states.FILE_BRINGING)

    @property
    def is_over(self) -> bool:
        return self.stage in (states.FILE_DONE, states.FILE_DROPPED, states.FILE_FAILED)


class ColumnMapping(models.Model):
    """What the headings of a file were taken to mean, for the next file with the same ones. heading: their digest."""

    register = models.CharField(max_length=40)
    heading = models.CharField(max_length=64)
    columns = models.JSONField()
    region = models.BigIntegerField()
    actor_label = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "heading", "region"], name="one_mapping_of_a_heading")
        ]
