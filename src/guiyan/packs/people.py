"""Roles with their permissions, and the people of the demonstration."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guiyan.engine.values import Declared, YamlBool, YamlRegion, YamlText

# Every permission the product checks. A role that names another is a mistake, found at loading.
PERMISSIONS = frozenset(
    """
    document.import document.review document.publish measure.view measure.confirm plan.view plan.manage
    rule.view rule.propose rule.approve
    indicator.view target.propose target.issue figure.fill figure.check figure.lock
    cockpit.view instruction.write supervision.handle supervision.reply report.view
    register.view register.import register.edit register.promote register.export register.approve register.link
    register.send
    answer.handle relation.assign dossier.view service.record person.view person.reveal list.import
    case.view case.enter case.help case.accept case.check case.review case.recover case.remark
    rating.view rating.handle demand.dispatch demand.answer
    case.oversee case.supervise deputy.manage delegation.manage
    batch.prepare batch.recheck batch.sign membership.decide notice.view notice.handle
    payment.view payment.request payment.result ledger.view
    loan.view loan.decide loan.guarantee loan.subsidise loan.confirm
    outreach.run outreach.approve outreach.view whatif.run whatif.view
    arrival.view arrival.take arrival.assign
    exchange.view exchange.use exchange.approve exchange.manage
    survey.view survey.run visit.record
    data.view data.answer data.blocked sharing.apply sharing.authorise
    audit.view jobs.view clock.move api.manage
    """.split()  # noqa: SIM905
)


# What a unit outside government may do: send its own entries into registers that are `sent_by` its kind.
SEND = "register.send"


class Role(Declared):
    """scope: which data a post with this role sees when nothing narrower is granted.

    sender: what its unit sent itself, wherever that lies, and nothing of any place.
    """

    id: str = ""
    label: YamlText
    permissions: tuple[str, ...] = Field(min_length=1)
    scope: Literal["region", "unit", "own", "sender"] = "region"


class DemoAccount(Declared):
    """Somebody to try the product as. Residents have no unit and no role: they act for themselves."""

    username: str = ""
    name: YamlText
    title: str = ""
    unit: str | None = None
    roles: tuple[str, ...] = ()
    regions: tuple[YamlRegion, ...] = ()  # where the roles hold; empty: the unit's own region
    resident: YamlBool = False
    home: YamlRegion | None = None  # a resident's home
    qualifies: YamlBool | None = None  # what the sample data makes of a resident
    note: str = ""
