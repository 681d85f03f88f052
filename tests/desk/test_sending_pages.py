"""Two schools, each with its own alumni: what they see, what is refused, and what nobody tells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.accounts import api_keys, deputising
from guiyan.accounts.models import Deputy, Post, Unit, User
from guiyan.accounts.queries import actor_by_username
from guiyan.accounts.scope import scope_of
from guiyan.kernel import files, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries
from guiyan.registers.models import Assertion, ImportFile, ImportRun, PersonLink
from guiyan.registers.tables import table_of
from tests.cases.people import PAPER
from tests.kernel.scope.leaks import WALLED
from tests.registers.factories import csv_file
from tests.registers.knowing import alumnus, founder, known, look

pytestmark = pytest.mark.usefixtures("scoped_db")
ClientAs = Callable[[str], Client]
COLLEGE, SCHOOL = "kongqing", "yanhong"
HEAD = ("姓名", "校友编号", "联系电话", "籍贯", "学校", "毕业年份", "单位")
AT = ("通山县大畈镇", "示例科技学院")
FOUNDER, NEW = "15412340001", "15412340009"


@pytest.fixture(autouse=True)
def morning(at: Callable[[str], object], scoped_db: object) -> None:
    at("2026-06-08 09:00")


def row(number: int, name: str = "江新人", phone: str = NEW, year: str = "2005", firm: str = "") -> tuple[str, ...]:
    return (name, f"XY2026-{number:04}", phone, *AT, year, firm)


def handed(client: Client, folder: Path, rows: Sequence[Sequence[object]], as_of: str = "2026-06-01") -> str:
    content = csv_file(folder / "校友.csv", HEAD, rows).read_bytes()
    fields = {"file": SimpleUploadedFile("校友.csv", content), "as_of": as_of}
    answer = client.post("/desk/sending/alumni/upload/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def checked(client: Client, address: str) -> str:
    fields = re.findall(r'<option value="(\w*)" selected>', client.get(address).content.decode())
    return client.post(address, {"field": fields}, follow=True).content.decode()


def sent(client: Client, folder: Path, rows: Sequence[Sequence[object]], as_of: str = "2026-06-01") -> str:
    address = handed(client, folder, rows, as_of)
    checked(client, address)
    return client.post(f"{address}confirm/", follow=True).content.decode()


def text(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:600]
    return answer.content.decode()


def words_of(page: str) -> str:
    """What of a page is read, without its marks and blanks."""
    return re.sub(r"<[^>]*>|\s", "", page)


def entry_pk(number: int) -> int:
    with entered(Scope.system()):
        return int(table_of(releases.current(), "alumni")._default_manager.get(f_number=f"XY2026-{number:04}").pk)


def subject_of(number: int) -> int:
    rows = table_of(releases.current(), "alumni")._default_manager
    return int(rows.values_list("subject_id", flat=True).get(f_number=f"XY2026-{number:04}"))


def shown_marks(page: str) -> str:
    """What the form says it showed."""
    held = re.search(r'name="entry_was"[^>]*value="([^"]*)"', page)
    assert held is not None
    return unescape(held.group(1))


def of(number: int) -> tuple[str, str, int | None]:
    """Name, firm and unit of an entry."""
    rows = table_of(releases.current(), "alumni")._default_manager
    return rows.values_list("f_name", "f_firm_name", "unit_id").get(f_number=f"XY2026-{number:04}")


def unit_of(username: str) -> int:
    return User.objects.get(username=username).posts.get().unit_id


def test_each_school_sees_its_own_entries_and_nothing_else_that_lies_behind_a_wall(
    client_as: ClientAs, tmp_path: Path
) -> None:
    known("chushang", founder(1), "bureau")
    college, school = client_as(COLLEGE), client_as(SCHOOL)
    sent(college, tmp_path, [row(1, "阮咸宁", FOUNDER), row(2)])
    sent(school, tmp_path, [row(3, "贺小红")])
    look()
    listed = text(college.get("/desk/sending/alumni/"))
    assert "阮咸宁" in listed and "江新人" in listed and "贺小红" not in listed and "共2人" in listed
    assert text(school.get("/desk/sending/alumni/?q=XY2026-0003")).count("贺小红") == 1
    assert school.get(f"/desk/sending/alumni/{entry_pk(1)}/").status_code == 404
    assert school.post(f"/desk/sending/alumni/{entry_pk(1)}/", {"name": "改名"}).status_code == 404
    public = bare_reading(Scope.public_pages())
    raw = {name: number - public[name] for name, number in bare_reading(scope_of(actor_by_username(COLLEGE))).items()}
    # The run is there for whoever brought it in, and tells no more than her page.
    mine = {"reg_alumni": 2, "registers_hat": 2, "registers_importfile": 1, "registers_importrun": 1}
    assert {name: number for name, number in raw.items() if number} == mine


def bare_reading(scope: Scope) -> dict[str, int]:
    """Rows of each walled table that a query without any filter would read in this scope."""
    found = {}
    with entered(scope), connection.cursor() as cursor:
        cursor.execute(WALLED)
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_neither_the_preview_nor_the_result_tells_who_is_known(client_as: ClientAs, tmp_path: Path) -> None:
    known("chushang", founder(1), "bureau")
    college = client_as(COLLEGE)
    address = handed(college, tmp_path, [row(1, "阮咸宁", FOUNDER), row(2)])
    shown = checked(college, address)
    assert "会新增2" in shown and "关联" not in shown and "楚商" not in shown
    done = text(college.post(f"{address}confirm/", follow=True))
    look()
    with entered(Scope.system()):
        assert PersonLink.objects.filter(import_id=ImportRun.objects.get().pk).exists()
    later = text(college.get(f"/desk/sending/files/{ImportFile.objects.get().pk}/"))
    page = text(college.get(f"/desk/sending/alumni/{entry_pk(1)}/"))
    for words in (done, later, page, text(college.get("/desk/sending/"))):
        assert not re.search("关联|自动对上|待核对|楚商|同一人|一人一档", words)
    assert f"/{subject_of(1)}/" not in page.replace(f"/{entry_pk(1)}/", "")


def test_a_number_of_another_school_is_refused_in_its_row_and_nothing_is_written_over(
    client_as: ClientAs, tmp_path: Path
) -> None:
    college, school = client_as(COLLEGE), client_as(SCHOOL)
    sent(college, tmp_path, [row(1)])
    shown = sent(school, tmp_path, [row(1, "别人", firm="别的公司"), row(2, "贺小红")])
    assert "已在名录里，不是本单位报送的" in shown and "退回" in shown
    assert of(1) == ("江新人", None, unit_of(COLLEGE)) and of(2)[2] == unit_of(SCHOOL)
    form = {"name": "别人", "number": "XY2026-0001", "region": AT[0], "school": AT[1], "graduated": "2005"}
    assert "不是本单位报送的" in text(school.post("/desk/sending/alumni/new/", form), 422)
    own = f"/desk/sending/alumni/{entry_pk(2)}/"
    mended = {**form, "name": "贺小红", "entry_was": shown_marks(text(school.get(own)))}
    assert "不是本单位报送的" in text(school.post(own, mended), 422)
    assert of(1)[0] == "江新人" and of(2)[0] == "贺小红"


def test_an_entry_that_is_nobodys_is_given_to_a_school_by_an_officer_alone(client_as: ClientAs, tmp_path: Path) -> None:
    known("alumni", alumnus(1) | {"number": "XY2026-0001", "name": "江新人"}, "association")
    college = client_as(COLLEGE)
    assert "不是本单位报送的" in sent(college, tmp_path, [row(1)])
    assert of(1)[2] is None and text(college.get("/desk/sending/alumni/")).count("江新人") == 0
    officer = client_as("helin")
    content = csv_file(tmp_path / "校友.csv", HEAD, [row(1)]).read_bytes()
    fields = {"file": SimpleUploadedFile("a.csv", content), "as_of": "2026-06-02", "sender": unit_of(COLLEGE)}
    wrong = officer.post("/desk/registers/alumni/import/", {**fields, "source": "association"})
    assert "应选“学校上传”" in text(wrong, 422)
    fields["file"] = SimpleUploadedFile("a.csv", content)
    address = officer.post("/desk/registers/alumni/import/", {**fields, "source": "school"}).headers["Location"]
    checked(officer, address)
    assert "示例科技学院，何琳" in text(officer.post(f"{address}confirm/", follow=True))
    assert of(1)[2] == unit_of(COLLEGE) and "江新人" in text(college.get("/desk/sending/alumni/"))
    listed = text(officer.get(f"/desk/registers/alumni/?sender={unit_of(COLLEGE)}"))
    assert "共1人" in listed and "报送单位" in listed
    assert "示例科技学院报送" in text(officer.get(f"/desk/registers/alumni/{subject_of(1)}/"))
    assert "江新人" not in text(officer.get(f"/desk/registers/alumni/?sender={unit_of(SCHOOL)}"))


def test_a_new_file_brings_its_own_entries_up_to_date_and_a_more_trusted_word_stands(
    client_as: ClientAs, tmp_path: Path
) -> None:
    college = client_as(COLLEGE)
    sent(college, tmp_path, [row(1, firm="示例医院")])
    sent(college, tmp_path, [row(1, firm="示例科技公司")], "2026-06-05")
    assert of(1)[1] == "示例科技公司"
    page = text(college.get(f"/desk/sending/alumni/{entry_pk(1)}/"))
    assert (
        "学校上传，2026年6月5日" in words_of(page)
        and "示例科技公司" in page
        and "154****0009" in page
        and NEW not in page
    )
    sent(college, tmp_path, [row(1, firm="早先的公司")], "2026-05-01")
    assert of(1)[1] == "示例科技公司"
    form = {"name": "江新人", "number": "XY2026-0001", "region": AT[0], "school": AT[1], "graduated": "2005"}
    was = shown_marks(page)
    mended = college.post(
        f"/desk/sending/alumni/{entry_pk(1)}/", {**form, "firm_name": "新公司", "entry_was": was}, follow=True
    )
    assert "已记下：单位" in text(mended) and of(1) == ("江新人", "新公司", unit_of(COLLEGE))
    with entered(Scope.system()):
        assert set(Assertion.objects.filter(register="alumni").values_list("unit_id", flat=True)) == {unit_of(COLLEGE)}


def test_a_school_takes_its_own_file_back_and_no_other(client_as: ClientAs, tmp_path: Path) -> None:
    college, school = client_as(COLLEGE), client_as(SCHOOL)
    sent(college, tmp_path, [row(1, firm="示例医院")])
    sent(college, tmp_path, [row(1, firm="示例科技公司"), row(2, "贺小红")], "2026-06-05")
    file = ImportFile.objects.order_by("-pk")[0]
    for address in (f"/desk/sending/files/{file.pk}/", f"/desk/registers/files/{file.pk}/"):
        assert school.get(address).status_code == 404
    assert school.post(f"/desk/sending/files/{file.pk}/undo/").status_code == 404
    assert college.post(f"/desk/registers/imports/{file.run_id}/undo/").status_code in (403, 404)
    assert "会离开名录" in text(college.get(f"/desk/sending/files/{file.pk}/undo/"))
    assert "已撤销" in text(college.post(f"/desk/sending/files/{file.pk}/undo/", follow=True))
    assert of(1) == ("江新人", "示例医院", unit_of(COLLEGE))
    rows = table_of(releases.current(), "alumni")._default_manager
    assert not rows.filter(f_number="XY2026-0002").exists()
    sent(school, tmp_path, [row(2, "贺小红")])
    assert of(2)[2] == unit_of(SCHOOL)


def test_what_a_school_may_not_do_says_so_plainly(client_as: ClientAs, tmp_path: Path) -> None:
    college = client_as(COLLEGE)
    sent(college, tmp_path, [row(1)])
    subject_id = subject_of(1)
    for address in (
        "/desk/registers/",
        "/desk/registers/alumni/",
        "/desk/registers/alumni/export/",
        "/desk/registers/alumni/import/",
        "/desk/registers/alumni/template.xlsx",
        f"/desk/registers/alumni/{subject_id}/",
        f"/desk/registers/alumni/{subject_id}/edit/",
        f"/desk/registers/alumni/{subject_id}/mobile/",
        f"/desk/dossier/{subject_id}/",
        "/desk/registers/search/?q=江",
        "/desk/links/",
        "/desk/freshness/",
        "/desk/lists/",
        "/desk/sending/chushang/",
        "/desk/sending/nothing/upload/",
    ):
        assert college.get(address).status_code in (403, 404), address
    assert client_as("zhoumin").get("/desk/sending/").status_code == 403


def test_the_menu_and_the_first_page_are_the_senders_own(client_as: ClientAs, at: Callable[[str], object]) -> None:
    college = client_as(COLLEGE)
    first = college.get("/desk/", follow=True)
    assert first.redirect_chain[-1][0] == "/desk/sending/"
    words = text(first)
    assert "还没有上传过" in words and "本单位报送" in words
    links = set(re.findall(r'href="(/desk/[^"?#]*)', words))
    for address in links:
        assert college.get(address, follow=True).status_code == 200, address
    assert not [
        one for one in links if one not in ("/desk/", "/desk/deputies/") and not one.startswith("/desk/sending/")
    ]


def test_what_was_returned_and_what_is_stale_stand_on_the_first_page(
    client_as: ClientAs, tmp_path: Path, at: Callable[[str], object]
) -> None:
    college = client_as(COLLEGE)
    sent(college, tmp_path, [row(1), row(2, phone="1541234")])
    words = words_of(text(college.get("/desk/sending/")))
    assert "退回待改1行" in words and "2026年11月28日以前" in words
    at("2027-01-08 09:00")
    assert "超过180天没有更新" in text(client_as(COLLEGE).get("/desk/sending/"))
    assert "江新人" in text(client_as(COLLEGE).get("/desk/sending/alumni/?stale=1"))


def test_a_school_whose_post_has_ended_sends_nothing_any_more(client_as: ClientAs, tmp_path: Path) -> None:
    college = client_as(COLLEGE)
    address = handed(college, tmp_path, [row(1)])
    Post.objects.filter(user__username=COLLEGE).update(valid_to=date(2026, 6, 7))
    assert college.get("/desk/sending/").status_code in (302, 403, 404)
    assert college.get(address).status_code in (302, 403, 404)
    assert college.post(f"{address}confirm/").status_code in (302, 403, 404)
    with entered(Scope.system()):
        assert not ImportRun.objects.exists()
    assert (
        sum(bare_reading(scope_of(actor_by_username(COLLEGE)))[name] for name in ("reg_alumni", "registers_hat")) == 0
    )


def test_a_unit_of_another_kind_sends_nothing_whatever_its_role(client_as: ClientAs) -> None:
    """Which registers a unit sends into follows from the declaration, not from the role's name."""
    bank = Unit.objects.get(code="4212-demo-city-bank")
    Post.objects.filter(user__username=COLLEGE).update(unit=bank)
    assert queries.sending(actor_by_username(COLLEGE)) == []
    assert "没有可以报送的名录" in text(client_as(COLLEGE).get("/desk/sending/"))
    assert client_as(COLLEGE).get("/desk/sending/alumni/upload/").status_code == 404


def test_a_sender_s_pages_cost_the_same_with_one_row_and_with_three(client_as: ClientAs, tmp_path: Path) -> None:
    college, officer = client_as(COLLEGE), client_as("helin")
    pages = [(college, "/desk/sending/"), (college, "/desk/sending/alumni/"), (officer, "/desk/registers/alumni/")]
    pages.append((college, "/desk/sending/alumni/upload/"))

    def costs() -> list[int]:
        found = []
        for client, address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    sent(college, tmp_path, [row(1)])
    with_one = costs()
    sent(college, tmp_path, [row(2), row(3)])
    assert costs() == with_one


def key_for(actor_name: str, scopes: Sequence[str] = ("registers", "register-report")) -> dict[str, str]:
    made = api_keys.create_key(
        actor_by_username("yunwei"),
        name="校友系统",
        holder="示例科技学院",
        scopes=scopes,
        per_minute=600,
        expires_on=date(2026, 12, 31),
        registers=("alumni",),
        unit_id=unit_of(actor_name),
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {made.secret}"}


def test_a_school_s_own_system_reads_and_reports_its_own_entries_alone(client_as: ClientAs, tmp_path: Path) -> None:
    known("chushang", founder(1), "bureau")
    sent(client_as(SCHOOL), tmp_path, [row(3, "贺小红")])
    key, address = key_for(COLLEGE), "/api/v1/registers/alumni/entries"
    asked = {"name": "阮咸宁", "number": "XY2026-0001", "region": AT[0], "school": AT[1], "graduated": "2005"}
    rows = [{**asked, "mobile": FOUNDER}, {**asked, "number": "XY2026-0003", "name": "别人"}]
    body = {"source": "school", "entries": rows}
    came = Client().post(address, body, content_type="application/json", **key).json()
    assert (came["created"], came["linked"], came["refused"]) == (1, 0, 1)
    assert came["rows"][0]["id"] == entry_pk(1) and "不是本单位报送的" in came["rows"][1]["faults"]["number"]
    look()
    read = Client().get(address, **key).json()["entries"]
    assert [(one["id"], one["fields"]["name"], one["fields"]["mobile"]) for one in read] == [
        (entry_pk(1), "阮咸宁", "154****0001")
    ]
    assert Client().get(f"{address}/{entry_pk(1)}", **key).json()["id"] == entry_pk(1)
    for other in (entry_pk(3), subject_of(3), subject_of(1)):
        assert other == entry_pk(1) or Client().get(f"{address}/{other}", **key).status_code == 404
    again = {"source": "school", "entries": [{**rows[0], "firm_name": "新公司"}]}
    assert Client().post(address, again, content_type="application/json", **key).json()["changed"] == 1
    assert of(1) == ("阮咸宁", "新公司", unit_of(COLLEGE)) and of(3)[0] == "贺小红"
    other = {"source": "association", "entries": [asked]}
    assert Client().post(address, other, content_type="application/json", **key).status_code == 409
    assert Client().get("/api/v1/registers/chushang/entries", **key).status_code == 404
    with pytest.raises(Refused, match="只能读和报送名录"):
        key_for(COLLEGE, ("registers", "facts"))


def test_a_deputy_sends_for_the_school_while_the_authorisation_runs(client_as: ClientAs, tmp_path: Path) -> None:
    """Only a head of the same unit gives one; it carries the school's scope and nothing of the deputy's own."""
    post, helin = Post.objects.get(user__username=COLLEGE), User.objects.get(username="helin")
    words = {"document": "示例1号", "reason": "出差", "valid_from": date(2026, 6, 8), "valid_to": date(2026, 6, 30)}
    paper: dict[str, Any] = {"name": "授权书.pdf", "content": PAPER}
    with pytest.raises(NotAllowed):
        deputising.give_deputy(
            actor_by_username("xurong"),
            post_id=post.pk,
            user_id=helin.pk,
            **words,
            **paper,  # type: ignore[arg-type]
        )
    row_given = Deputy.objects.create(
        principal=post.user,
        post=post,
        user=helin,
        file=files.store(SYSTEM, **paper, purpose="deputy", region=post.unit.region, allowed={"pdf"}, max_bytes=10**6),
        given_at=now(),
        **words,
    )
    stand_in = client_as("helin")
    assert stand_in.post(f"/desk/deputies/{row_given.pk}/act/").status_code == 302
    sent(stand_in, tmp_path, [row(1)])
    assert of(1)[2] == unit_of(COLLEGE)
    assert stand_in.get("/desk/registers/alumni/").status_code == 403
    Deputy.objects.update(ended_at=now())
    assert stand_in.get("/desk/sending/").status_code == 403
