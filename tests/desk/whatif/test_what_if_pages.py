"""政策试算 through the web: chosen, changed, computed, read on screen and paper, shared, taken away."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from django.test import Client, override_settings
from python_calamine import CalamineWorkbook

from guiyan.insights.snapshot.kept import home_of
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.audit.models import AuditEntry
from guiyan.outreach.models import WhatIfRun
from guiyan.registers.sample.fill import fill
from tests.outreach import stage
from tests.outreach.tried import facts_kept, tried
from tests.policies import stage as rules
from tests.prepared import clock_to

pytestmark = pytest.mark.usefixtures("scoped_db")
As = Callable[[str], Client]
LOAN, SUBSIDY = "graduate-loan-person", "startup-subsidy"
AGE = f"{LOAN}__conditions__age__0"
RICHER = {
    f"{SUBSIDY}__benefit__amount_yuan": "8000",
    f"{SUBSIDY}__conditions__first_time__0": "1",
    f"{SUBSIDY}__from": "2025-06-09",
}


def stands(folder: Path) -> None:
    """A city with sample people on a morning, two measures in force, facts kept."""
    with override_settings(GUIYAN_HOME=folder):
        clock_to("2026-06-08 09:00")
        fill(releases.current(), count=200, seed=7, until=calendar.today())
        stage.in_force(LOAN, SUBSIDY)
        facts_kept()


@pytest.fixture(autouse=True)
def city(scoped_db: object, standing: Path, tmp_path: Path, settings: object) -> None:
    settings.GUIYAN_HOME = copytree(standing, tmp_path / "home")  # type: ignore[attr-defined]


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def words_of(page: str) -> str:
    """What is read: without tags and blanks."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def asked(**changed: object) -> dict[str, object]:
    return {
        "kind": "person",
        "measure": [LOAN],
        "release": releases.current_id(),
        "title": "年龄放宽到50岁",
        "area": stage.CITY,
        "changed_day": "2026-06-08",
        f"{LOAN}__from": "2025-06-09",
        f"{LOAN}__benefit__amount_max_yuan": "300000",
        f"{LOAN}__benefit__rate_percent": "50",
        AGE: "50",
        **changed,
    }


def computed(client: Client, **changed: object) -> WhatIfRun:
    answer = client.post("/desk/whatif/new/", asked(**changed))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    jobs.run_pending()
    return WhatIfRun.objects.get(pk=int(answer.headers["Location"].split("/")[-2]))


def test_the_empty_list_says_what_to_do(client_as: As) -> None:
    assert "新建试算" in text_of(client_as("helin"), "/desk/whatif/")
    assert "政策管理员试算以后" in text_of(client_as("linzong"), "/desk/whatif/")
    assert client_as("zhoumin").get("/desk/whatif/").status_code == 403
    assert client_as("linzong").get("/desk/whatif/new/").status_code == 403


def test_a_measure_is_chosen_and_its_values_of_today_stand_in_the_form(client_as: As) -> None:
    helin = client_as("helin")
    assert "高校毕业生创业贷款贴息" in text_of(helin, "/desk/whatif/new/")
    form = text_of(helin, f"/desk/whatif/new/?kind=person&measure={LOAN}")
    assert f'name="{AGE}" value="45"' in form and "现行：45周岁" in form and "年龄不超过45周岁" in words_of(form)
    assert "age_years" not in form and "&lt;=" not in form
    assert text_of(helin, "/desk/whatif/new/?measure=nothing", 422)


def test_a_changed_age_gives_people_and_money_before_and_after(client_as: As) -> None:
    helin = client_as("helin")
    run = computed(helin)
    assert run.changes == {LOAN: {"conditions.age.0": "50"}}
    page = words_of(text_of(helin, f"/desk/whatif/{run.pk}/"))
    more = (run.people_after or 0) - (run.people_before or 0)
    assert more > 0
    assert f"年龄由45周岁改为50周岁后，全市符合“高校毕业生创业贷款贴息”的多出{more}人" in page
    assert "通山县" in page and "46—50岁" in page and "不是财政要付的钱" in page and "判断不了" in page
    assert "45周岁→50周岁" in page
    for other in ("linzong", "duanyan"):
        assert f"多出{more}人" in words_of(text_of(client_as(other), f"/desk/whatif/{run.pk}/"))


def test_while_it_is_computed_the_page_asks_again(client_as: As) -> None:
    helin = client_as("helin")
    run = tried(LOAN, "conditions.age.0", "50")
    page = text_of(helin, f"/desk/whatif/{run.pk}/")
    assert f'hx-get="/desk/whatif/{run.pk}/"' in page and "正在逐人核对" in page and "导出Excel" not in page
    part = helin.get(f"/desk/whatif/{run.pk}/", headers={"HX-Request": "true"})
    assert "正在逐人核对" in part.content.decode() and "<html" not in part.content.decode()
    for early in ("print", "sheet"):
        assert helin.get(f"/desk/whatif/{run.pk}/{early}/").status_code == 409
    jobs.run_pending()
    done = helin.get(f"/desk/whatif/{run.pk}/", headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({AGE: "old"}, "请填整数"),
        ({AGE: "200"}, "不能大于150"),
        ({AGE: ""}, "不改就填现行的45周岁"),
        ({f"{LOAN}__benefit__rate_percent": "101"}, "不能超过100"),
        ({f"{LOAN}__benefit__amount_max_yuan": "1.234"}, "最多两位小数"),
        ({f"{LOAN}__from": "soon"}, "日期要写成"),
        ({"title": ""}, "起个名称"),
        ({"area": "420100000000"}, "id_area_error"),
    ],
)
def test_what_was_typed_wrong_is_said_at_its_field(client_as: As, changed: dict[str, object], words: str) -> None:
    answer = client_as("helin").post("/desk/whatif/new/", asked(**changed))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not WhatIfRun.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({AGE: "45"}, "什么也没有改"),
        ({f"{LOAN}__to": "2020-01-01"}, "截止日期早于施行日期"),
        ({"release": 0}, "规则刚刚更新过"),
    ],
)
def test_what_makes_no_question_is_refused_and_nothing_is_lost(
    client_as: As, changed: dict[str, object], words: str
) -> None:
    answer = client_as("helin").post("/desk/whatif/new/", asked(**{AGE: "47", **changed}))
    page = answer.content.decode()
    assert answer.status_code == 409 and words in page
    assert f'name="{AGE}" value="{changed.get(AGE, "47")}"' in page


def test_the_same_question_leads_to_the_answer_that_is_kept(client_as: As) -> None:
    helin = client_as("helin")
    run = computed(helin)
    answer = helin.post("/desk/whatif/new/", asked(title="再来一次"), follow=True)
    assert answer.request["PATH_INFO"] == f"/desk/whatif/{run.pk}/" and "已经算过" in answer.content.decode()
    like = text_of(helin, f"/desk/whatif/new/?like={run.pk}")
    assert f'name="{AGE}" value="50"' in like


def test_on_newer_facts_it_is_computed_again(client_as: As) -> None:
    helin = client_as("helin")
    run = computed(helin)
    facts_kept()
    answer = helin.post(f"/desk/whatif/{run.pk}/again/")
    assert answer.headers["Location"] != f"/desk/whatif/{run.pk}/" and WhatIfRun.objects.count() == 2
    assert client_as("linzong").post(f"/desk/whatif/{run.pk}/again/").status_code == 403


def test_without_facts_they_can_be_asked_for(client_as: As) -> None:
    helin = client_as("helin")
    page = text_of(helin, "/desk/whatif/new/?kind=organisation")
    assert "还没有确认" in page or "没有可以试算的政策" in page
    stage.in_force("guarantee-loan-firm")
    assert "现在取数" in text_of(helin, "/desk/whatif/new/?kind=organisation")
    assert helin.post("/desk/whatif/facts/", {"kind": "organisation"}).status_code == 302
    jobs.run_pending()
    assert home_of("organisation").exists()
    assert "看能改什么" in text_of(helin, "/desk/whatif/new/?kind=organisation")


def test_it_is_found_again_and_taken_away_after_a_yes(client_as: As) -> None:
    helin = client_as("helin")
    run = computed(helin)
    assert run.title in text_of(helin, "/desk/whatif/?q=放宽&state=done")
    assert run.title not in text_of(helin, "/desk/whatif/?q=没有这样的")
    assert run.title not in text_of(helin, "/desk/whatif/?state=stuck")
    assert "找不回来" in text_of(helin, f"/desk/whatif/{run.pk}/delete/")
    assert WhatIfRun.objects.exists()
    assert client_as("linzong").post(f"/desk/whatif/{run.pk}/delete/").status_code == 403
    gone = helin.post(f"/desk/whatif/{run.pk}/delete/", follow=True)
    assert f"已删除“{run.title}”" in gone.content.decode() and not WhatIfRun.objects.exists()
    text_of(helin, f"/desk/whatif/{run.pk}/", 404)


def test_paper_and_workbook_hold_the_figures(client_as: As) -> None:
    helin = client_as("helin")
    run = computed(helin)
    paper = words_of(text_of(helin, f"/desk/whatif/{run.pk}/print/"))
    more = (run.people_after or 0) - (run.people_before or 0)
    assert f"多出{more}人" in paper and "通山县" in paper and "不是政策文件" in paper
    answer = helin.get(f"/desk/whatif/{run.pk}/sheet/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheet_names == ["说明", "改了什么", "合计", "按县", "按年龄", "按月份", "没有拿到的"]
    total = book.get_sheet_by_name("合计").to_python()[2]
    assert total[2:6] == [run.people_before, run.people_after, more, 0]
    assert total[10] == more * 300_000
    assert book.get_sheet_by_name("改了什么").to_python()[2][3:] == ["45周岁", "50周岁"]
    by_county = book.get_sheet_by_name("按县").to_python()[2:]
    assert sum(row[3] for row in by_county) == run.people_after
    assert AuditEntry.objects.filter(action="whatif.export", target=run.ref).count() == 1


def test_who_may_not_look_at_people_sees_no_small_group(client_as: As) -> None:
    run = computed(client_as("helin"))
    address = f"/desk/whatif/{run.pk}/"
    exact, merged = (text_of(client_as(who), address) for who in ("helin", "duanyan"))
    assert "人数少的合并" in merged and "已和别的组合并" in merged
    assert "人数少的合并" not in exact
    assert "人数少的合并" in text_of(client_as("duanyan"), f"{address}print/")


def test_several_measures_at_once(client_as: As) -> None:
    helin = client_as("helin")
    run = computed(helin, measure=[LOAN, SUBSIDY], **RICHER)
    page = words_of(text_of(helin, f"/desk/whatif/{run.pk}/"))
    assert "改动2处后" in page and "5,000元→8,000元" in page and "“符合条件的”文件没有展开" in page
    assert run.people_after is None  # credit and money given away are never one sum


def test_from_the_rule_desk_a_draft_is_tried_out(client_as: As) -> None:
    helin, proposal = client_as("helin"), rules.raised()
    assert "试算保存的草稿" in text_of(helin, f"/desk/rules/{proposal.pk}/edit/")
    answer = helin.post(f"/desk/whatif/proposal/{proposal.pk}/")
    jobs.run_pending()
    page = words_of(text_of(helin, answer.headers["Location"]))
    assert "按起草的规则改后" in page and "6,000元" in page and "改一改再试" not in page
    assert client_as("linzong").post(f"/desk/whatif/proposal/{proposal.pk}/").status_code == 403


def test_take_up_of_today_stands_beside_it(client_as: As, tmp_path: Path) -> None:
    stage.with_lists(tmp_path)
    facts_kept()
    sent = stage.sent(SUBSIDY)
    helin = client_as("helin")
    run = computed(helin, measure=[SUBSIDY], **RICHER)
    page = words_of(text_of(helin, f"/desk/whatif/{run.pk}/"))
    assert sent.people > 0 and f"已告知{sent.people}人" in page and "没有打开消息" in page
