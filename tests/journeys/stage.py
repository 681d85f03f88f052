"""The town on the morning of 8 June 2026: its register is filled, nothing has been done yet; web and worker run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from guiyan.accounts.models import Grant, Post, User
from guiyan.kernel import jobs, releases
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.sample.fill import fill_heroes
from tests.cases import people
from tests.journeys.browsing import PASSWORD
from tests.prepared import clock_to

PHOTO = people.PHOTO
COUNTER_PERSON, HELPED_PERSON = "示例甲", "示例乙"
ACCOUNT = "6200000000000381"


@dataclass(frozen=True)
class Form:
    """What nobody knows yet and so is asked."""

    answers: tuple[tuple[str, str], ...] = (
        ("从哪里返乡", "广东省东莞市"),
        ("现在带动就业", "4"),
        ("做什么生意", "民宿"),
        ("开户银行", "通山农商银行大畈支行"),
        ("银行卡号", ACCOUNT),
    )


def prepare() -> None:
    """People who came back, the demo accounts with a password that the web server knows, a small office."""
    clock_to("2026-06-08 09:00")
    with entered(Scope.system()):
        fill_heroes(releases.current(), date(2026, 6, 7))
        people.a_returnee(21, name=COUNTER_PERSON)
        people.a_returnee(22, name=HELPED_PERSON)
        User.objects.filter(is_demo=True).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "journey"))
        reviewer_too("zhoumin")
    jobs.run_pending()


def reviewer_too(username: str) -> None:
    """Somebody who holds both posts, as in small offices: only 审办分离 keeps them from reviewing their own."""
    post = Post.objects.get(user__username=username)
    accepts = Grant.objects.get(post=post, role="acceptor")
    Grant.objects.create(post=post, role="reviewer", regions=accepts.regions, valid_from=accepts.valid_from)


def read(query: Callable[[], object]) -> object:
    """What the database has now, in the system's scope."""
    with entered(Scope.system()):
        return query()


def folder_of(home: Path) -> Path:
    return home / "exchange"
