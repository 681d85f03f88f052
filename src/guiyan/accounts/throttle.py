"""Slowing down who tries passwords: after five wrong ones a name rests for a quarter of an hour."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guiyan.accounts.models import SignInFailure

MOST_FAILURES = 5
REST = timedelta(minutes=15)
WORDS = "这个用户名连续输错5次，请15分钟后再试。"


def is_resting(username: str) -> bool:
    """By the real clock: moving the business clock must not open the door."""
    recent = SignInFailure.objects.filter(username=username, at__gt=timezone.now() - REST)
    return recent.count() >= MOST_FAILURES


def note_failure(username: str) -> None:
    SignInFailure.objects.create(username=username, at=timezone.now())


def forget_failures(username: str) -> None:
    SignInFailure.objects.filter(username=username).delete()


def forget_old_failures() -> None:
    SignInFailure.objects.filter(at__lt=timezone.now() - REST).delete()
