"""Addresses of the portal, of signing in, and those that everybody may open.

Residents' own pages are theirs alone: an officer who signs in sees no more of them than a neighbour.
"""

from __future__ import annotations

from collections.abc import Callable

from guiyan.cases import queries, together
from guiyan.cases.contents import mark_of
from guiyan.cases.models import Case, CaseMaterial, Certificate, Joint, Mandate, Message
from guiyan.notices.models import Notice
from tests.access.doors import EVERYBODY, NOONE, Door, Values
from tests.access.people import RESIDENTS, SIGNED_IN
from tests.access.world import World
from tests.cases import people

OWN, DRAFTING, RETURNED = frozenset({"liuchunyan"}), frozenset({"resident"}), frozenset({"wangjian"})


def item(world: World) -> Values:
    return {"item": people.ITEM}


def draft(world: World) -> Values:
    return {"item": people.ITEM, "case_id": world.cases["draft"].pk}


def draft_file(world: World) -> Values:
    return {**draft(world), "row_id": CaseMaterial.objects.filter(case=world.cases["draft"])[0].pk}


def own(world: World) -> Values:
    return {"number": world.cases["own"].number}


def own_over(world: World) -> Values:
    return {"number": world.cases["own-over"].number}


def returned(world: World) -> Values:
    return {"number": world.cases["returned"].number}


def account(world: World) -> Values:
    return {"bank": "通山农商银行", "account_no": "6200000000001234567"}


def token_of_the_draft(world: World) -> Values:
    draft = Case.objects.get(pk=world.cases["draft"].pk)
    return {"token": draft.submission_token, "confirmed": mark_of(draft)}


def own_paper(world: World) -> Values:
    return {**own(world), "row_id": CaseMaterial.objects.filter(case=world.cases["own"])[0].pk}


def message(world: World) -> Values:
    return {"message_id": Message.objects.filter(subject_id=world.cases["own"].subject_id)[0].pk}


def mandate(world: World) -> Values:
    return {"mandate_id": Mandate.objects.get(confirmed_at=None).pk}


def joint(key: str) -> Callable[[World], Values]:
    return lambda world: {"bundle": "start-a-business", "joint_id": world.joints[key].pk}


def joint_file(world: World) -> Values:
    row = CaseMaterial.objects.filter(case__joint=world.joints["draft"])[0]
    return {**joint("draft")(world), "row_id": row.pk}


def sending_the_joint(world: World) -> Values:
    drafts = Joint.objects.get(pk=world.joints["draft"].pk)
    return {"token": drafts.submission_token, "confirmed": together.mark_of(together.parts_of(drafts))}


def running(world: World) -> Values:
    return {"number": Notice.objects.get(closed_at=None).number}


def over(world: World) -> Values:
    return {"number": Notice.objects.exclude(closed_at=None).order_by("pk")[0].number}


def token(world: World) -> Values:
    return {"token": queries.progress_token(world.cases["own"])}


def recognised(world: World) -> Values:
    return {"number": world.cases["recognised"].number}


def certificate(world: World) -> Values:
    return {"token": queries.certificate_token(Certificate.objects.get(case=world.cases["recognised"]))}


def filled(world: World) -> Values:
    return {**people.ANSWERS, "do": "later"}


def complaint(world: World) -> Values:
    return {"line_no": 1, "text": "没有返乡", "name": "某人", "contact": "15400000000"}


SIGNING_IN = [
    Door("healthz", EVERYBODY),
    Door("components", EVERYBODY),
    Door("display", NOONE, EVERYBODY, body=lambda world: {"large": "1"}),
    Door("sign-in", EVERYBODY, EVERYBODY, body=lambda world: {"username": "zhoumin", "password": "guiyan-demo"}),
    Door("sign-out", NOONE, EVERYBODY),
    Door("demo-as", NOONE, EVERYBODY, body=lambda world: {"username": "zhoumin"}),
]
FOR_ALL = [
    Door("portal:home", EVERYBODY),
    Door("portal:about", EVERYBODY),
    Door("portal:accessible", EVERYBODY),
    Door("portal:screening", EVERYBODY),
    # Of residents who are on the registers it is known already, so nobody asks them.
    Door(
        "portal:question",
        EVERYBODY - RESIDENTS,
        EVERYBODY - RESIDENTS,
        lambda world: {"fact": "business_registrations"},
        lambda world: {"answer": "1"},
    ),
    Door("portal:screening-result", EVERYBODY),
    Door("portal:screening-about", NOONE, EVERYBODY, body=lambda world: {"about": "organisation"}),
    Door("portal:screening-again", NOONE, EVERYBODY),
    Door("portal:services", EVERYBODY, query="q=%E8%A1%A5%E8%B4%B4"),
    Door("portal:plain", EVERYBODY),
    Door("portal:measures", EVERYBODY),
    Door("portal:registers", EVERYBODY),
    Door("portal:register-booklet", EVERYBODY, at=lambda world: {"register": "packaged-project", "kind": "docx"}),
    Door("portal:register", EVERYBODY, at=lambda world: {"register": "site"}, query="q=x&region=421224000000"),
    Door("portal:register-map", EVERYBODY, at=lambda world: {"register": "site"}),
    Door("portal:booklet", EVERYBODY),
    Door("portal:booklet-file", EVERYBODY, at=lambda world: {"kind": "docx"}),
    Door("portal:measure", EVERYBODY, at=lambda world: {"measure_id": "startup-subsidy"}),
    Door(
        "portal:progress",
        EVERYBODY,
        EVERYBODY,
        body=lambda world: {**own(world), "applicant": world.cases["own"].applicant},
    ),
    Door("portal:progress-code", EVERYBODY, at=token),
    Door("portal:certificate-check", EVERYBODY, at=certificate),
    Door("portal:progress-token", EVERYBODY, at=token),
    Door("portal:notices", EVERYBODY),
    Door("portal:notice", EVERYBODY, at=running),
    Door("portal:notice-table", EVERYBODY, at=running),
    Door("portal:objection", EVERYBODY, EVERYBODY, running, complaint),
    Door("portal:objection-done", NOONE, at=running, what="of somebody else"),
    Door("portal:results", EVERYBODY),
    Door("portal:result", EVERYBODY, at=over),
]
APPLYING = [
    Door("portal:apply", RESIDENTS, RESIDENTS, item),
    Door("portal:apply-form", DRAFTING, DRAFTING, draft, filled, local=True),
    Door("portal:apply-save", NOONE, DRAFTING, draft, filled, local=True),
    Door("portal:apply-file", DRAFTING, at=draft_file, local=True),
    Door("portal:apply-check", DRAFTING, DRAFTING, draft, token_of_the_draft, local=True),
    Door("portal:apply-done", DRAFTING, at=draft, local=True),
    Door("portal:apply-drop", DRAFTING, DRAFTING, draft, local=True),
]
TOGETHER = [
    Door(
        "portal:together",
        RESIDENTS,
        RESIDENTS,
        lambda world: {"bundle": "start-a-business"},
        lambda world: {"items": [people.ITEM]},
    ),
    Door("portal:together-form", DRAFTING, DRAFTING, joint("draft"), filled, local=True),
    Door(
        "portal:together-items",
        DRAFTING,
        DRAFTING,
        joint("draft"),
        lambda world: {"items": [people.ITEM]},
        local=True,
    ),
    Door("portal:together-save", NOONE, DRAFTING, joint("draft"), filled, local=True),
    Door("portal:together-file", DRAFTING, at=joint_file, local=True),
    Door("portal:together-check", DRAFTING, DRAFTING, joint("draft"), sending_the_joint, local=True),
    Door("portal:together-done", OWN, at=joint("sent"), local=True),
    Door("portal:together-drop", DRAFTING, DRAFTING, joint("draft"), local=True),
]
MINE = [
    Door("portal:my", SIGNED_IN),
    Door("portal:my-together", OWN, at=lambda world: {"number": world.joints["sent"].number}, local=True),
    Door("portal:message", OWN, at=message, reading_writes=frozenset({"cases_message"}), local=True),
    Door("portal:mandate", frozenset({"asking"}), at=mandate, local=True),
    Door("portal:mandate-paper", frozenset({"asking"}), at=mandate, local=True),
    Door("portal:mandate-confirm", NOONE, frozenset({"asking"}), mandate, local=True),
    Door("portal:mandate-end", NOONE, frozenset({"asking"}), mandate, local=True),
    Door("portal:case", OWN, at=own, local=True),
    Door("portal:again", NOONE, at=own, what="of what is no demand", local=True),
    Door("portal:rate", OWN, OWN, own_over, lambda world: {"grade": "4"}, local=True),
    Door("portal:urge", OWN, OWN, own, lambda world: {"words": "请早点办"}, local=True),
    Door("portal:withdraw", OWN, OWN, own, lambda world: {"reason": "不办了"}, local=True),
    Door("portal:account", RETURNED, RETURNED, returned, account, local=True),
    Door("portal:certificate", frozenset({"asking"}), at=recognised, local=True),
    Door("portal:decision", NOONE, at=own, what="of a request not refused", local=True),
    Door("portal:material", OWN, at=own_paper, local=True),
]
DOORS = [*SIGNING_IN, *FOR_ALL, *APPLYING, *TOGETHER, *MINE]
