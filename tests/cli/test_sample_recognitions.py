"""The demonstration recognises a park and a project; their certificates stand, and the sample knows its carriers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from guiyan.cases import checks, queries
from guiyan.cases.models import Batch, Certificate
from guiyan.cli.sample import recognitions
from guiyan.cli.sample.people import Founder
from guiyan.kernel import calendar, jobs
from guiyan.notices.receivers import close_due
from guiyan.packs import Pack
from guiyan.registers.queries import dataset
from guiyan.registers.sample.projects import fill_projects
from tests.cases import firms, people


def test_a_park_and_a_project_get_certificates_that_anybody_can_check(
    scoped_db: object, at: Callable[[str], object], tmp_path: Path
) -> None:
    at("2026-05-18 09:00")
    for one in firms.LISTS:
        people.bring_in(tmp_path, one, [], as_of=date(2026, 5, 17))
    owner = firms.a_firm(1).owner
    founder = Founder(owner.subject_id, owner.name)
    for item in (recognitions.PARK, recognitions.PROJECT):
        case = recognitions.asked(item, founder)
        recognitions.answer(case)
        recognitions.sign(case)
    jobs.run_pending()
    close_due(at("2026-05-27 09:00"))  # type: ignore[arg-type]
    for batch in Batch.objects.all():
        recognitions.decide(batch)
    assert sorted(Certificate.objects.values_list("title", flat=True)) == ["市级返乡创业园", "返乡创业项目"]
    for one in Certificate.objects.all():
        public = queries.public_certificate(queries.certificate_token(one))
        assert (public.number, public.words) == (one.number, "有效")
    assert list(checks.findings()) == []


def test_recognised_carriers_have_number_and_operator(
    scoped_db: object, at: Callable[[str], object], pack: Pack
) -> None:
    at("2026-05-18 09:00")
    fill_projects(pack, calendar.today())
    recognised = dataset("carrier").rows.exclude(valid_to=None)
    assert recognised.count() > 0
    numbers = list(recognised.values_list("number", flat=True))
    assert all(numbers) and len(set(numbers)) == len(numbers)
    parks = recognised.filter(kind="park", grade="municipal")
    assert set(parks.values_list("recognition", flat=True)) == {"returnee-park-municipal"}
