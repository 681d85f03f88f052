"""Addresses of what is done beside a step, and of powers given from–to: deputies and delegations."""

from __future__ import annotations

from guiyan.accounts.models import Deputy, Post, Unit, User
from guiyan.cases.models import Alert, CaseCheck, Delegation
from guiyan.kernel.workflow import OpinionRow
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.doors_cases import check_of, number, one, step
from tests.access.people import ACCEPTOR, BATCHER, COUNTER, ELSEWHERE, REVIEWER, SIGNER, STAFF
from tests.access.world import World
from tests.cases import people


def colleague(world: World) -> str:
    post = Post.objects.get(user__username="fangyun")
    return f"{post.unit_id}.{post.user_id}"


def market(world: World) -> str:
    post = Post.objects.get(user__username="marketchecker")
    return f"{post.unit_id}.{post.user_id}"


def myself(world: World) -> Values:
    check = CaseCheck.objects.get(case=world.cases["checking"], check_id="registration")
    user = User.objects.get(username="marketchecker")
    return {"to": f"{check.unit_id}.{user.pk}", "reason": "由我办"}


def opinion(world: World) -> Values:
    return {"opinion_id": OpinionRow.objects.get().pk}


def opinion_of_case(world: World) -> Values:
    return {**number("reviewing")(world), **opinion(world)}


def alert(world: World) -> Values:
    return {"alert_id": Alert.objects.get(kind="urge").pk}


def deputy(world: World) -> Values:
    return {"deputy_id": Deputy.objects.get().pk}


def delegation(world: World) -> Values:
    return {"delegation_id": Delegation.objects.get().pk}


def new_deputy(world: World) -> Values:
    post = Post.objects.get(user__username="zhengwei")
    return {
        "post": post.pk,
        "user": User.objects.get(username="fangyun").pk,
        "reason": "休假",
        **dates("示例授权书2号"),
    }


def new_delegation(world: World) -> Values:
    agent = Unit.objects.filter(kind="township-office", region__gt=people.COUNTY, region__lt=people.COUNTY + 10**6)
    taken = Delegation.objects.values("agent_id")
    return {
        "kind": "entrusted",
        "agent": agent.exclude(pk__in=taken).order_by("pk")[0].pk,
        "items": [people.ITEM],
        **dates("示例委托书2号"),
    }


def dates(document: str) -> Values:
    return {
        "document": document,
        "valid_from": "2026-06-17",
        "valid_to": "2026-12-31",
        "paper": upload("授权书.png", people.PHOTO),
    }


BESIDE = [
    step("submitted", "transfer", ACCEPTOR, opinion="外出学习", to=colleague),
    step("reviewing", "consult", REVIEWER, opinion="登记日期", due_on="2026-06-19", to=colleague),
    step(
        "checking",
        "urge",
        COUNTER,
        ACCEPTOR,
        BATCHER,
        SIGNER,
        REVIEWER,
        readers=one(COUNTER, ACCEPTOR, BATCHER, SIGNER),
        opinion="请早点办",
    ),
    step("checking", "take_back_acceptance", ACCEPTOR, opinion="看错了"),
    step("approved", "take_back_review", REVIEWER, opinion="看错了"),
    step("approved", "return_to_review", BATCHER, opinion="金额再核对"),
    Door(
        "cases:check-transfer",
        one("marketchecker"),
        one("marketchecker"),
        check_of("registration"),
        myself,
        local=True,
    ),
    Door(
        "cases:opinion",
        one("marketchecker"),
        one("marketchecker"),
        opinion,
        lambda world: {"agrees": "yes", "answer": "没有问题"},
        local=True,
    ),
    Door("cases:opinion-drop", NOONE, one(REVIEWER), opinion_of_case, local=True),
    Door("cases:alert", one(SIGNER), at=alert, local=True),
]
POWERS = [
    Door("powers:deputies", STAFF),
    Door("powers:deputy-new", one(SIGNER), one(SIGNER), body=new_deputy),
    Door("powers:deputy-act", NOONE, one(REVIEWER), deputy, local=True),
    Door("powers:deputy-stop", NOONE, STAFF),
    Door("powers:deputy-end", NOONE, one(SIGNER, ACCEPTOR, REVIEWER), deputy, local=True),
    Door("powers:deputy-paper", one(SIGNER, ACCEPTOR, REVIEWER), at=deputy, local=True),
    Door("powers:delegations", one(SIGNER, ACCEPTOR, ELSEWHERE)),
    Door("powers:delegation-new", one(SIGNER), one(SIGNER), body=new_delegation),
    Door(
        "powers:delegation",
        one(SIGNER, ACCEPTOR),
        one(SIGNER),
        delegation,
        lambda world: {"do": "end", "reason": "人手够了"},
        local=True,
    ),
    Door("powers:delegation-paper", one(SIGNER, ACCEPTOR), at=delegation, local=True),
]
DOORS = [*BESIDE, *POWERS]
