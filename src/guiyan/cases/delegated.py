"""How papers, messages and the log say that a township acts for the bureau."""

from __future__ import annotations

from guiyan.cases.models import Delegation


def delegated_words(under: Delegation) -> str:
    """For the log: 县人社局（委托受理）."""
    return f"{under.principal.short_name or under.principal.name}（{under.kind_label}）"


def by_delegation(under: Delegation) -> str:
    """For papers and messages: whose power it is, who used it, and under which document."""
    if under.kind == "authorised":
        return f"{under.agent.name}经授权以自己的名义办理（{under.document}）。"
    return (
        f"{under.agent.name}受{under.principal.name}委托办理（{under.document}），以{under.principal.name}的名义作出。"
    )
