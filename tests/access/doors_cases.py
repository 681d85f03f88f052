"""Addresses of requests, checks, mandates and batches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from guiyan.accounts.models import Unit
from guiyan.cases.models import CaseCheck, CaseMaterial, ComparisonHit, Mandate
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import (
    ACCEPTOR,
    BATCH_READERS,
    BATCHER,
    CALLER,
    CASE_LIST,
    CASE_READERS,
    CHECKERS,
    COUNTER,
    HELPER,
    RECHECKER,
    REVIEWER,
    SIGNER,
    STAFF,
    SUPERVISOR,
    TREASURY,
)
from tests.access.world import LISTED_ON, World
from tests.cases import people

At = Callable[[World], Values]


def one(*names: str) -> frozenset[str]:
    return frozenset(names)


def number(key: str) -> At:
    return lambda world: {"number": world.cases[key].number}


def case_id(key: str) -> At:
    return lambda world: {"case_id": world.cases[key].pk}


def batch_of(key: str) -> At:
    return lambda world: {"number": world.cases[key].batch_lines.get().batch.number}


def comparison_of(key: str) -> At:
    """The first comparison of the batch that the case is in."""
    return lambda world: {"run_id": world.cases[key].batch_lines.get().batch.comparison_runs.order_by("pk")[0].pk}


def check_of(check_id: str) -> At:
    return lambda world: {"check_id": CaseCheck.objects.get(case=world.cases["checking"], check_id=check_id).pk}


def paper_of(key: str) -> At:
    return lambda world: {"row_id": CaseMaterial.objects.filter(case=world.cases[key])[0].pk}


def draft_paper(key: str) -> At:
    return lambda world: {**case_id(key)(world), **paper_of(key)(world)}


# What the letter that was read stands for: the grounds and the words, as the page repeats them.
REFUSED_FOR = "没有返乡经历"
SEEN_LETTER = hashlib.sha256(f"returnee\n{REFUSED_FOR}".encode()).hexdigest()[:16]


def step(key: str, verb: str, *senders: str, readers: frozenset[str] | None = None, **body: object) -> Door:
    """A step on a case: its page is for those who may take it."""
    allowed = one(*senders)
    return Door(
        "cases:step",
        allowed if readers is None else readers,
        allowed,
        lambda world: {"number": world.cases[key].number, "verb": verb},
        lambda world: {name: value(world) if callable(value) else value for name, value in body.items()},
        f"{verb} of {key}",
        local=True,
    )


def batch_step(key: str, verb: str, *senders: str) -> Door:
    return Door(
        "batches:step",
        one(*senders),
        one(*senders),
        lambda world: {**batch_of(key)(world), "verb": verb},
        lambda world: {"opinion": "请核对"},
        f"{verb} of {key}",
        local=True,
    )


STATES = ("submitted", "checking", "reviewing", "approved", "batched", "held", "noticed", "waiting", "paying")
ENDS = ("returned", "account-check", "paid", "refused", "own")
DRAFTS = {"draft": NOONE, "helped-draft": one(HELPER), "counter-draft": one(COUNTER)}
PHOTO = {"file": lambda: upload("身份证.png", people.PHOTO)}


def case_pages() -> list[Door]:
    doors = [Door("cases:page", CASE_READERS, at=number(key), what=key, local=True) for key in STATES + ENDS]
    for name in ("print", "code"):
        doors.append(Door(f"cases:{name}", CASE_READERS, at=number("checking"), local=True))
    doors.append(Door("cases:by-id", CASE_READERS, at=case_id("checking"), local=True))
    doors.append(Door("cases:decision", CASE_READERS, at=number("refused"), local=True))
    doors.append(Door("cases:certificate", CASE_READERS, at=number("recognised"), local=True))
    doors.append(Door("cases:page", CASE_READERS, at=number("recognised"), what="recognised", local=True))
    doors.append(Door("cases:material", CASE_READERS, at=paper_of("checking"), local=True))
    revealed = lambda world: {**number("checking")(world), "field": "account_number"}  # noqa: E731
    doors.append(Door("cases:reveal", one(ACCEPTOR, REVIEWER, CALLER), at=revealed, local=True))
    return doors


def drafts() -> list[Door]:
    doors = []
    for key, allowed in DRAFTS.items():
        doors.append(Door("cases:draft", allowed, allowed, case_id(key), lambda world: people.ANSWERS, key, local=True))
        doors.append(Door("cases:save", NOONE, allowed, case_id(key), lambda world: people.ANSWERS, key, local=True))
        doors.append(Door("cases:withdraw", NOONE, allowed, case_id(key), what=key, local=True))
        doors.append(Door("cases:remove", NOONE, allowed, draft_paper(key), what=key, local=True))
        doors.append(Door("cases:reuse", NOONE, allowed, draft_paper(key), what=key, local=True))
        doors.append(
            Door(
                "cases:add-material",
                NOONE,
                allowed,
                lambda world, key=key: {**case_id(key)(world), "material": "licence"},  # type: ignore[misc]
                lambda world: {"file": upload("执照.png", people.PHOTO)},
                key,
                local=True,
            )
        )
    return doors


def newest_mandate(world: World) -> Mandate:
    return Mandate.objects.get(confirmed_at=None)


def new_mandate(world: World) -> Values:
    return {
        "subject": world.persons["drafting"].subject_id,
        "item": people.ITEM,
        "valid_to": "2026-12-31",
        "paper": upload("委托书.png", people.PHOTO),
    }


def joint_id(world: World) -> Values:
    return {"joint_id": world.joints["counter"].pk}


def joint_paper(world: World) -> Values:
    return {**joint_id(world), "row_id": CaseMaterial.objects.filter(case__joint=world.joints["counter"])[0].pk}


def opening_together(entry: str) -> At:
    def body(world: World) -> Values:
        wanted = opening(entry)(world)
        return {"entry": entry, "bundle": "start-a-business", "subject": wanted["subject"]}

    return body


def together_doors() -> list[Door]:
    """One form for several requests: what a clerk began is that clerk's to go on with."""
    own, at = one(COUNTER), joint_id
    answered = lambda world: people.ANSWERS  # noqa: E731
    photo = lambda world: {"file": upload("执照.png", people.PHOTO)}  # noqa: E731
    licence = lambda world: {**joint_id(world), "material": "licence"}  # noqa: E731
    chosen = lambda world: {"items": [people.ITEM]}  # noqa: E731
    counter, helper = opening_together("counter"), opening_together("helper")
    return [
        Door("cases:together-open", NOONE, one(COUNTER, ACCEPTOR), body=counter, what="counter", local=True),
        Door("cases:together-open", NOONE, one(HELPER), body=helper, what="helper", local=True),
        Door("cases:together", own, own, at, answered, local=True),
        Door("cases:together-save", NOONE, own, at, answered, local=True),
        Door("cases:together-items", NOONE, own, at, chosen, local=True),
        Door("cases:together-drop", NOONE, own, at, local=True),
        Door("cases:together-material", NOONE, own, licence, photo, local=True),
        Door("cases:together-reuse", NOONE, own, joint_paper, local=True),
        Door("cases:together-remove", NOONE, own, joint_paper, local=True),
    ]


def opening(entry: str) -> Callable[[World], Values]:
    def body(world: World) -> Values:
        subject = world.persons["drafting"].subject_id
        if entry == "helper":
            subject = world.cases["helped-draft"].subject_id
        return {"entry": entry, "item": people.ITEM, "subject": subject}

    return body


MANDATES = [
    Door("cases:mandates", one(HELPER, COUNTER, ACCEPTOR, "caoyun")),
    Door("cases:mandate-new", one(HELPER), one(HELPER), body=new_mandate),
    Door(
        "cases:mandate",
        one(HELPER, COUNTER, ACCEPTOR),
        one(HELPER, COUNTER, ACCEPTOR),
        lambda world: {"mandate_id": newest_mandate(world).pk},
        lambda world: {"do": "end", "reason": "本人不需要了"},
        local=True,
    ),
    Door(
        "cases:mandate-paper",
        one(HELPER, COUNTER, ACCEPTOR),
        at=lambda world: {"mandate_id": newest_mandate(world).pk},
        local=True,
    ),
]

STEPS = [
    step("submitted", "accept", ACCEPTOR, opinion="材料齐全"),
    step("submitted", "refuse_acceptance", ACCEPTOR, opinion="不属于受理范围"),
    step("submitted", "request_supplement", ACCEPTOR, materials=["licence"], opinion="请补交执照", due_on="2026-06-24"),
    step("reviewing", "pass_review", REVIEWER, opinion="同意"),
    step("reviewing", "suspend", REVIEWER, opinion="要补充核查"),
    step("reviewing", "return_to_checks", REVIEWER, opinion="请重新核验"),
    step("reviewing", "refuse", REVIEWER, opinion=REFUSED_FOR, grounds=["returnee"], seen=SEEN_LETTER),
    step("paid", "start_recovery", REVIEWER, opinion="不符合条件", amount_yuan="5000"),
    step("paid", "close", ACCEPTOR, opinion=""),
    # A helper without this person's mandate is told so in words.
    step(
        "returned",
        "correct_account",
        COUNTER,
        ACCEPTOR,
        HELPER,
        readers=one(COUNTER, ACCEPTOR),
        bank="通山农商银行",
        account_no="6200000000007777",
        picture=lambda world: upload("card.png", people.PHOTO),
    ),
    step("account-check", "confirm_account", REVIEWER, opinion="与照片一致"),
    step("account-check", "return_account", REVIEWER, opinion="照片上的卡号对不上"),
]

BATCHES = [
    Door("batches:list", CASE_LIST),
    Door(
        "batches:prepare",
        one(BATCHER),
        one(BATCHER),
        body=lambda world: {"cases": [world.cases["approved"].pk]},
    ),
    *(Door("batches:page", BATCH_READERS, at=batch_of(key), what=key, local=True) for key in ("batched", "noticed")),
    Door("batches:print", BATCH_READERS, at=batch_of("noticed"), local=True),
    *(
        Door(f"batches:{name}", BATCH_READERS, at=comparison_of("batched"), local=True)
        for name in ("comparison", "comparison-print", "comparison-export")
    ),
    Door("batches:compare", NOONE, one(BATCHER, RECHECKER, SIGNER), batch_of("batched"), local=True),
    Door("batches:compare-chosen", NOONE, one(BATCHER)),
    Door(
        "batches:settle",
        NOONE,
        one(BATCHER),
        lambda world: {**comparison_of("listed")(world), "hit_id": ComparisonHit.objects.get(list_id=LISTED_ON).pk},
        lambda world: {"verdict": "false", "opinion": "已核实"},
        local=True,
    ),
    batch_step("batched", "recheck", RECHECKER),
    batch_step("batched", "cancel", BATCHER),
    batch_step("rechecked", "sign", SIGNER),
    batch_step("rechecked", "return_to_open", RECHECKER),
    batch_step("waiting", "request_payment", BATCHER),
    batch_step("decidable", "enrol", SIGNER),
    Door(
        "batches:remove",
        NOONE,
        one(BATCHER),
        lambda world: {**batch_of("batched")(world), "case_id": world.cases["batched"].pk},
        lambda world: {"reason": "要再核对"},
        local=True,
    ),
]


def rating(world: World) -> Values:
    return {"rating_id": world.rating_id}


RATINGS = [
    Door("ratings:list", one(CALLER, SUPERVISOR)),
    Door("ratings:sheet", one(CALLER, SUPERVISOR)),
    Door(
        "ratings:page",
        one(CALLER, SUPERVISOR),
        one(CALLER),
        rating,
        lambda world: {"outcome": "explained", "note": "已说明政策"},
        local=True,
    ),
    Door(
        "ratings:enter",
        one(COUNTER, ACCEPTOR, HELPER),
        one(COUNTER, ACCEPTOR, HELPER),
        number("own-over"),
        lambda world: {"grade": "4"},
        local=True,
    ),
]


def demand_step(key: str, verb: str, sender: str, body: At) -> Door:
    return Door("demands:step", NOONE, one(sender), lambda w: {**number(key)(w), "verb": verb}, body, verb, local=True)


def finance(world: World) -> Values:
    return {"unit_id": Unit.objects.get(code="421224-finance").pk}


ANSWERING = one(ACCEPTOR, TREASURY) | CHECKERS
DEMANDS = [
    Door("demands:list", ANSWERING),
    Door("demands:sheet", ANSWERING),
    Door("demands:page", CASE_READERS, at=number("raised"), what="raised", local=True),
    Door("demands:page", CASE_READERS | {TREASURY}, at=number("sent-on"), what="sent on", local=True),
    demand_step("raised", "dispatch", ACCEPTOR, finance),
    demand_step("raised", "decline", ACCEPTOR, lambda world: {"reason": "由法院处理"}),
    demand_step("sent-on", "answer", TREASURY, lambda world: {"text": "已联系银行"}),
    demand_step("sent-on", "return", TREASURY, lambda world: {"reason": "不归本单位"}),
]
DOORS = [
    Door("work:list", STAFF),
    Door("cases:list", CASE_LIST),
    Door("cases:new", one(COUNTER, ACCEPTOR, "caoyun"), query="entry=counter", what="counter"),
    Door("cases:new", one(HELPER), query="entry=helper", what="helper"),
    Door("cases:open", NOONE, one(COUNTER, ACCEPTOR), body=opening("counter"), what="counter", local=True),
    Door("cases:open", NOONE, one(HELPER), body=opening("helper"), what="helper", local=True),
    *together_doors(),
    Door("cases:checks", CHECKERS),
    *(
        Door(
            "cases:check",
            one(who),
            one(who),
            check_of(asked),
            lambda world: {"result": "true", "note": ""},
            asked,
            local=True,
        )
        for asked, who in (("registration", "marketchecker"), ("residence", "townchecker"))
    ),
    Door("cases:flow", STAFF, at=lambda world: {"item_id": people.ITEM}),
    *case_pages(),
    *drafts(),
    *MANDATES,
    *STEPS,
    *BATCHES,
    *RATINGS,
    *DEMANDS,
]
