"""Where Django finds the kernel's tables; each is defined in the package that owns it."""

from __future__ import annotations

from guiyan.kernel.audit.models import AuditEntry, AuditSeal
from guiyan.kernel.calendar.models import ClockMove
from guiyan.kernel.files.models import StoredFile
from guiyan.kernel.jobs.models import JobFailure
from guiyan.kernel.outbox.models import OutboxEvent, OutboxReceipt
from guiyan.kernel.releases.models import PackRelease
from guiyan.kernel.workflow.models import ClockPause, ClockRow, OpinionRow, StepRow, WorkflowLog

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "ClockMove",
    "ClockPause",
    "ClockRow",
    "JobFailure",
    "OpinionRow",
    "OutboxEvent",
    "OutboxReceipt",
    "PackRelease",
    "StepRow",
    "StoredFile",
    "WorkflowLog",
]
