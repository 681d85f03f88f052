"""上下交换 of the demonstration: a county's system, one package that is made and one that waits for a second officer.

The county's keys are drawn and forgotten: nobody can open what is sent to it.
"""

from __future__ import annotations

from guiyan.accounts.queries import actor_by_username
from guiyan.exchange import actions, queries
from guiyan.exchange.cards import card_of
from guiyan.exchange.keys import drawn
from guiyan.kernel import releases
from guiyan.kernel.scope import Scope, entered

NAME, COUNTY = "通山县返乡创业平台（示例）", 421224000000
REGISTERS = ("returnee", "carrier", "project")


def exchange_some() -> int:
    """How many packages were asked for; none where there is a partner already, or the city has no such county."""
    helin = actor_by_username("helin")
    with entered(Scope.system()):
        pack = releases.current()
        if queries.partners_for(helin).exists() or COUNTY not in pack.regions or not {*REGISTERS} <= {*pack.registers}:
            return 0
        partner = actions.add_partner(
            actor_by_username("yunwei"), card=card_of(NAME, drawn()).text, region=COUNTY, registers=REGISTERS
        )
        made, _ = (
            actions.ask_package(helin, partner_id=partner.pk, register=register, since=None, reason=reason)
            for register, reason in (("returnee", "每月下发返乡人员核对结果"), ("carrier", "下发载体年度考核结果"))
        )
        actions.decide_package(actor_by_username("zhengwei"), package_id=made.pk, agreed=True)
    return 2
