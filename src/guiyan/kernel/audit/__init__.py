"""Audit: who did or read what, written with the action, sealed soon after so that no change goes unseen.

`record` and `record_read` write; `seal_pending` seals what no running transaction can still add to;
`verify` looks for faults.
"""

from guiyan.kernel.audit.log import Value, record, record_read
from guiyan.kernel.audit.sealing import seal_pending
from guiyan.kernel.audit.verify import verify

__all__ = ["Value", "record", "record_read", "seal_pending", "verify"]
