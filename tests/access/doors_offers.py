"""Addresses by which registers face the public: one's own reports, published entries, what is asked about them."""

from __future__ import annotations

import json

from guiyan.kernel import crypto
from guiyan.portal.reports.flow import mark_of
from guiyan.registers.models import EntryDraft
from guiyan.registers.queries import token_of
from guiyan.registers.queries.drafts import PURPOSE
from tests.access.doors import EVERYBODY, NOONE, Door, Values
from tests.access.offering import SAID, TYPED
from tests.access.people import HELPER, OFFERER, PERSON_READERS, POLICY, RESIDENTS, SIGNED_IN
from tests.access.world import World

HERS = frozenset({"liuchunyan"})
OFFICERS = frozenset({OFFERER, POLICY})


def report(world: World) -> Values:
    return {"register": "returnee", "who": world.cases["own"].subject_id}


def site(world: World) -> Values:
    return {"register": "site", "token": token_of("site", world.offered["site"])}


def pictured(world: World) -> Values:
    return {"register": "site", "subject_id": world.offered["site"], "field": "picture"}


def asking(world: World) -> Values:
    return {**site(world), "answering": "site-enquiry"}


def enquiry(world: World) -> Values:
    return {"register": "site-enquiry", "subject_id": world.offered["enquiry"]}


def marked(register: str) -> Values:
    """What the page to look over sends of the draft that is there."""
    row = EntryDraft.objects.get(register=f"my:{register}")
    typed = json.loads(crypto.decrypt(PURPOSE, bytes(row.sealed)))
    return {"mark": mark_of(typed), "consent": "1"}


def a_reply(world: World) -> Values:
    return {"text": "明天可以看", "to": "contacted", "was": "new"}


def several(world: World) -> Values:
    return {"answer": [f"site-enquiry:{world.offered['enquiry']}:new"], "text": "明天可以看", "to": "contacted"}


DOORS = [
    Door("portal:reports", SIGNED_IN),
    Door("portal:report", HERS, at=report, local=True),
    Door("portal:report-fill", HERS, HERS, report, lambda world: SAID, local=True),
    Door("portal:report-check", HERS, HERS, report, lambda world: marked("returnee"), local=True),
    Door("portal:report-save", NOONE, HERS, report, lambda world: SAID, local=True),
    Door("portal:report-sections", NOONE, HERS, report, lambda world: SAID, local=True),
    Door("portal:entry", EVERYBODY, at=site, query="day=2026-06-20"),
    Door("portal:entry-picture", EVERYBODY, at=lambda world: {**site(world), "field": "picture"}),
    Door("portal:ask", RESIDENTS, RESIDENTS, asking, lambda world: TYPED),
    Door("portal:ask-check", RESIDENTS, RESIDENTS, asking, lambda world: marked("site-enquiry")),
    Door("portal:ask-save", NOONE, RESIDENTS, asking, lambda world: TYPED),
    Door("portal:ask-sections", NOONE, RESIDENTS, asking, lambda world: TYPED),
    Door("portal:my-answer", HERS, at=enquiry, local=True),
    Door("portal:my-answer-cancel", HERS, HERS, enquiry, local=True),
    Door("answers:list", OFFICERS, query="view=all"),
    Door("answers:many", OFFICERS, OFFICERS, body=several, query="view=all"),
    Door("answers:page", OFFICERS, OFFICERS, enquiry, a_reply, local=True),
    Door("answers:phone", OFFICERS, OFFICERS, enquiry, lambda world: {"purpose_kind": "核对申请材料"}, local=True),
    # The site is the county's, wider than a helper's township.
    Door("registers:entry-picture", PERSON_READERS - {HELPER}, at=pictured, local=True),
]
