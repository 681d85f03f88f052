"""What people write is shown as they wrote it and never run; files of rows that never end are refused whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import actions
from guiyan.kernel.actors import PUBLIC, SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.kernel.jobs.run import plain_reason
from guiyan.notices import actions as notices
from guiyan.notices.models import Objection
from guiyan.registers import actions as registers
from guiyan.registers.models import ImportRun, Subject
from tests.cases import people

Clock = Callable[[str], object]
EVIL = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>{{7*7}}\u202e👩‍👩‍👧"
RUNS = re.compile(r"<img src=x|<script>alert|</script><script>|onerror=alert\(1\)>\"'<")


@pytest.fixture
def hostile(scoped_db: object, at: Clock, tmp_path: Path) -> tuple[Objection, Client, Client]:
    """Somebody of that name, with such an answer, such a file, such an objection; three pages of eyes on it."""
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    person = people.a_returnee(name=EVIL)
    Subject.objects.filter(kind="organisation").update(display_name=EVIL)
    draft = people.a_draft(person)
    actions.save_draft(person.actor, case=draft, values={"account_bank": EVIL, "main_business": EVIL})
    actions.add_material(person.actor, case=draft, material="id_card", name=f"{EVIL}.pdf", content=people.PAPER)
    case = actions.submit_case(person.actor, case=draft, token=draft.submission_token)
    officer = people.as_actor("zhoumin")
    actions.request_supplement(officer, case=case, materials=["id_card"], message=EVIL, due_on=date(2026, 6, 12))
    actions.add_material(person.actor, case=case, material="id_card", name="a.pdf", content=people.PAPER)
    case = actions.resubmit_case(person.actor, case=case)
    case = actions.accept_case(officer, case=case, opinion=EVIL)
    for check in case.checks.all():
        people.answer(check, note=EVIL)
    case = actions.pass_review(people.as_actor("zhengwei"), case=case, opinion=EVIL)
    notice = notices.publish_batch_notice(SYSTEM, batch=people.signed(case))
    return notices.file_objection(PUBLIC, notice=notice, line_no=1, text=EVIL, name=EVIL[:60], contact=EVIL)


def test_nothing_that_people_wrote_runs_on_any_page(hostile: Objection, client_as: Callable[[str], Client]) -> None:
    notice = hostile.notice
    case = hostile.row.case
    pages = {
        "zhengwei": (
            "/desk/",
            "/desk/cases/",
            f"/desk/cases/{case.number}/",
            f"/desk/cases/{case.number}/print/",
            f"/desk/batches/{notice.batch.number}/",
            f"/desk/notices/{notice.number}/",
            f"/desk/objections/{hostile.number}/",
            f"/desk/registers/person/{case.subject_id}/",
        ),
        "": ("/notices/", f"/notices/{notice.number}/"),
    }
    seen, run = 0, []
    for username, addresses in pages.items():
        client = client_as(username)
        for address in addresses:
            answer = client.get(address)
            text = answer.content.decode()
            seen += "&lt;img src=x" in text
            assert answer.status_code in (200, 404), address
            run += [address] if RUNS.search(text) else []
            assert "49\u202e" not in text
    assert run == []
    assert seen >= 5


def test_a_register_file_with_a_cell_that_never_ends_is_refused_whole(scoped_db: object, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    head = "姓名,身份证号,常住地\n"
    file.write_text(head + '"' + "x" * 200_000, encoding="utf-8-sig")
    with pytest.raises(Refused, match="第2行起读不下去"):
        registers.import_rows(SYSTEM, register="person", path=file)
    assert not ImportRun.objects.exists()


def test_the_reason_of_a_failed_job_tells_no_number() -> None:
    words = plain_reason(ValueError('invalid input syntax for type bigint: "42129919970512002X" of 13800138000'))
    assert "4212" not in words and "1380" not in words
