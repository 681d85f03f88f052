"""What accounts clear away by themselves."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

from guiyan.accounts.throttle import forget_old_failures
from guiyan.kernel import jobs


@jobs.every(3600, name="accounts.clear", label="清理过期登录")
def clear() -> None:
    """Sessions that have ended, and wrong passwords of long ago."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    forget_old_failures()
