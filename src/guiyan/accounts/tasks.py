"""What accounts clear away by themselves."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

from guiyan.accounts.api_keys import forget_old_use
from guiyan.accounts.throttle import forget_old_failures
from guiyan.kernel import jobs


@jobs.every(3600, name="accounts.clear", label="清理过期登录")
def clear() -> None:
    """Sessions that have ended, wrong passwords and counts of requests of long ago."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    forget_old_failures()
    forget_old_use()
