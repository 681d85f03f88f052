"""The parts of the page, prepared for its components."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from guiyan.accounts.permissions import decide
from guiyan.accounts.queries import region_path
from guiyan.cases import queries as cases
from guiyan.cases import states as case_states
from guiyan.cases.queries import Lights
from guiyan.desk.dossier.another import merged_rows, pairs_to_settle
from guiyan.desk.dossier.benefits import benefit_rows
from guiyan.desk.dossier.entries import entry_cards
from guiyan.engagements import queries as engagements
from guiyan.engagements.queries import ServiceRecord
from guiyan.kernel.actors import Actor
from guiyan.ledger import queries as ledger
from guiyan.registers import queries as registers
from guiyan.registers.queries import Known, Standing
from guiyan.registers.timelines import Happening, happenings_of, source_labels

LATEST = 8
MOST = 300
OVER = (*case_states.MAY_ASK_AGAIN, case_states.PAID, case_states.CLOSED)


def overview(actor: Actor, person: Known) -> dict[str, Any]:
    """All that the first tab shows."""
    cards = entry_cards(actor, person)
    own = cases.cases_of(actor, person.ids)
    benefits = benefit_rows(actor, person, own)
    paid = ledger.payments_of(person.subject_id)
    services = engagements.services_of(actor, person.subject_id, most=LATEST)
    merged, waiting = registers.links_about(person.ids)
    return {
        **head(actor, person),
        "cards": cards,
        "cases": own,
        "benefits": benefits,
        "paid_fen": sum(line.amount_fen for line in paid),
        "may_have": sum(1 for row in benefits if row["verdict"] == "yes" and row["case"] is None),
        "in_hand": sum(1 for case in own if case.state not in OVER),
        "services_count": engagements.services_count(actor, person.subject_id),
        "services": [service_line(one) for one in services],
        "todo": [
            *to_do(services, cards, standing := registers.standing_of(person.subject_id)),
            *pairs_to_settle(actor, person, waiting),
        ],
        "merged": merged_rows(actor, person, merged),
        "standing": [standing_card(actor, person, one) for one in standing],
        "firms": linked_firms(person),
        "happenings": [line_of(one) for one in happenings_of(actor, person.ids, most=LATEST)],
    }


def head(actor: Actor, person: Known) -> dict[str, Any]:
    """What every tab shows on top."""
    return {
        "person": person,
        "place": region_path(person.region),
        "may_write": decide(actor, "service.record", person, unit=None, subject=None).allowed,
        "may_link": decide(actor, "register.link", person, unit=None, subject=None).allowed,
        "may_assign": decide(actor, "relation.assign", person, unit=None, subject=None).allowed,
    }


def service_line(record: ServiceRecord) -> dict[str, Any]:
    return {
        "record": record,
        "kind": engagements.kind_label(record.kind),
        "href": reverse("dossier:service-page", args=[record.pk]),
        "light": Lights().of(record.next_on) if record.waits else None,
    }


def to_do(services: list[ServiceRecord], cards: list[dict[str, Any]], standing: list[Standing]) -> list[dict[str, Any]]:
    """What waits: next steps, sources that differ, a helper who is not there."""
    lights = Lights()
    steps = [
        {
            "title": one.next_step,
            "note": f"{one.next_for_label}办",
            "light": lights.of(one.next_on),
            "href": reverse("dossier:service-page", args=[one.pk]),
            "verb": "办完",
        }
        for one in services
        if one.waits
    ]
    differing = [
        {
            "title": f"核对{row['cell'].field.label}",
            "note": f"{card['register'].label}：两个来源不一致",
            "href": f"#entry-{card['register'].id}",
            "verb": "核对",
        }
        for card in cards
        for row in card["rows"]
        if row["conflict"]
    ]
    missing = [
        {"title": f"还没有{one.declared.label}", "note": "", "href": "#helpers"} for one in standing if not one.helpers
    ]
    return [*steps, *missing, *differing]


def standing_card(actor: Actor, person: Known, one: Standing) -> dict[str, Any]:
    return {
        "kind": one.declared.id,
        "label": one.declared.label,
        "helpers": one.helpers,
        "since": one.since,
        "href": "" if one.declared.by_trigger else reverse("dossier:helper", args=[person.subject_id, one.declared.id]),
        "several": len(one.helpers) > 1,
    }


def linked_firms(person: Known) -> list[dict[str, str]]:
    return [
        {"name": firm.display_name, "href": reverse("registers:entry", args=["firm", firm.pk])}
        for firm in registers.firms_of(person.subject_id)
    ]


def line_of(one: Happening) -> dict[str, Any]:
    return {"one": one, "href": address_of(one.ref)}


def address_of(ref: str) -> str:
    """Where a happening leads: `case:12`, `service:3`, `entry:person/5`."""
    kind, _, key = ref.partition(":")
    if kind == "case" and key.isdigit():
        return reverse("cases:by-id", args=[key])
    if kind == "service" and key.isdigit():
        return reverse("dossier:service-page", args=[key])
    if kind == "entry" and "/" in key:
        return reverse("registers:entry", args=key.split("/"))
    return ""


def timeline(actor: Actor, person: Known, source: str) -> dict[str, Any]:
    """The second tab: everything, or of one source."""
    labels = source_labels()
    rows = happenings_of(actor, person.ids, most=MOST, source=source if source in labels else "")
    return {
        **head(actor, person),
        "happenings": [line_of(one) for one in rows],
        "sources": [("", "全部"), *labels.items()],
        "source": source,
        "most": MOST,
    }


def helpers(actor: Actor, person: Known) -> dict[str, Any]:
    """The third tab: who helps, who did before, and her services."""
    return {
        **head(actor, person),
        "standing": [standing_card(actor, person, one) for one in registers.standing_of(person.subject_id)],
        "history": registers.helper_history(person.subject_id),
        "services": [service_line(one) for one in engagements.services_of(actor, person.subject_id)],
    }
