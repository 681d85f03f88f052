"""Where Django finds the kernel's tables; each is defined in the package that owns it."""

from __future__ import annotations

from guiyan.kernel.audit.models import AuditEntry, AuditSeal
from guiyan.kernel.releases.models import PackRelease

__all__ = ["AuditEntry", "AuditSeal", "PackRelease"]
