"""The filled sample: heroes, comparable years, verified registrations, and the same again when repeated."""

from __future__ import annotations

from datetime import date

import pytest

from guiyan.accounts.models import User
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Pack
from guiyan.registers import queries
from guiyan.registers.models import Assertion, Subject
from guiyan.registers.sample.fill import fill

UNTIL = date(2026, 6, 8)

pytestmark = pytest.mark.usefixtures("scoped_db")


def test_the_heroes_are_as_the_demonstration_needs_them(pack: Pack) -> None:
    fill(pack, count=0, seed=1, until=UNTIL)
    liu, wang = (User.objects.get(username=name) for name in ("liuchunyan", "wangjian"))
    facts = {user.username: queries.facts_of(queries.self_subject_for(user) or 0, UNTIL) for user in (liu, wang)}
    assert (liu.subject_id, wang.subject_id) == (1, 2)
    assert facts["liuchunyan"]["is_returnee"] is True
    assert facts["liuchunyan"]["business_registrations"] == 1
    assert facts["liuchunyan"]["business_registered_on"] == date(2026, 3, 18)
    assert facts["liuchunyan"]["jobs_led"] == 4
    assert facts["wangjian"]["business_registrations"] == 2
    (firm,) = queries.firms_of(1)
    assert firm.display_name == "通山县枫林谷民宿"
    assert [one.matched for one in queries.compare(1, list(pack.lists))] == [False] * len(pack.lists)
    with entered(Scope.of_subject(1)):
        assert queries.facts_of(1, UNTIL)["jobs_led"] == 4


def test_filling_again_changes_nothing(pack: Pack) -> None:
    fill(pack, count=120, seed=3, until=UNTIL)
    before = (Subject.objects.count(), Assertion.objects.count())
    fill(pack, count=120, seed=3, until=UNTIL)
    assert (Subject.objects.count(), Assertion.objects.count()) == before


def test_what_is_checked_in_the_register_is_what_the_sources_vouch_for(pack: Pack) -> None:
    fill(pack, count=300, seed=5, until=UNTIL)
    rows = list(queries.returnee_registrations())
    vouched = {row.subject_id for row in rows if row.verified_on is not None}
    checked = queries.dataset("returnee").rows.filter(registration_checked=True)
    assert vouched >= set(checked.values_list("subject_id", flat=True)) >= {1, 2}
    assert {row.registered_on.year for row in rows if row.registered_on} >= {2025, 2026}
    wang = [row for row in rows if row.subject_id == 2]
    assert [(row.is_first, row.jobs_led) for row in sorted(wang, key=lambda row: row.registered_on or UNTIL)] == [
        (True, 1),
        (False, 3),
    ]


def test_a_dataset_carries_no_encrypted_column(pack: Pack) -> None:
    for name in pack.registers:
        columns = queries.dataset(name).columns
        assert not {"phone", "id_number"} & set(columns.values())


def test_some_of_last_years_founders_were_paid_before(pack: Pack) -> None:
    summary = fill(pack, count=400, seed=7, until=UNTIL)
    assert summary.lists["paid-before"] > 0
    with entered(Scope.system()):
        people = Subject.objects.filter(kind="person").values_list("pk", flat=True)
        matched = [who for who in people if queries.compare(who, ["paid-before"])[0].matched]
    assert len(matched) == summary.lists["paid-before"]
    assert summary.lists.keys() == pack.lists.keys()
