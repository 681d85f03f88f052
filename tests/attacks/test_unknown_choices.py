"""A button that no page has: whoever sends it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.test import Client

from guiyan.cases import actions
from tests.cases import people


def test_an_unknown_step_does_not_end_a_mandate(
    scoped_db: object, at: Callable[[str], object], client_as: Callable[[str], Client], tmp_path: Path
) -> None:
    at("2026-06-08 09:00")
    person = people.a_returnee()
    mandate = actions.give_mandate(
        people.as_actor("lihuifang"),
        subject_id=person.subject_id,
        item=people.ITEM,
        valid_to=date(2026, 6, 30),
        name="委托书.pdf",
        content=people.PAPER,
    )
    helper, address = client_as("lihuifang"), f"/desk/mandates/{mandate.pk}/"
    for sent in ({"do": "zz", "reason": "随便"}, {"do": ""}, {}):
        assert helper.post(address, sent).status_code == 404
    mandate.refresh_from_db()
    assert (mandate.ended_at, mandate.confirmed_at) == (None, None)
    helper.post(address, {"do": "end", "reason": "不再需要"})
    mandate.refresh_from_db()
    assert mandate.ended_at is not None
