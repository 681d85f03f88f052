"""What anybody may read: first page, measures, progress by number or code, notices, objections, results."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from guiyan.accounts.models import WrongTry
from guiyan.cases import actions as cases
from guiyan.cases import queries
from guiyan.cases.actions.payment import payment_made
from guiyan.cases.models import Case
from guiyan.kernel import calendar
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.clock_moves import move_clock
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice, Objection
from guiyan.portal.notices.phrases import phrases_of
from tests.cases import people
from tests.portal.residents import cost, page, resident, sent, words


def in_notice(count: int = 1) -> tuple[Notice, list[Case]]:
    """A batch of so many people whose notice runs."""
    passed = [people.approved(people.a_returnee(n, name=f"示例{'甲乙丙'[n - 1]}")) for n in range(1, count + 1)]
    return notices.publish_batch_notice(SYSTEM, batch=people.signed(*passed)), passed


def over(notice: Notice) -> Notice:
    """The same notice after its last day."""
    move_clock(SYSTEM, to=calendar.now() + (notice.until - calendar.today() + timedelta(days=1)), reason="t")
    return notices.close_notice(SYSTEM, notice=notice)


def test_without_a_measure_in_force_the_pages_say_so_kindly(morning: None) -> None:
    assert "还没有能办的事" in words(page(Client(), "/"))
    assert "还没有可以查的政策" in words(page(Client(), "/can-i-get/"))
    assert "还没有列出来的政策" in words(page(Client(), "/measures/"))
    page(Client(), "/measures/startup-subsidy/", 404)
    client, _ = resident()
    page(client, "/apply/startup-subsidy/", 404)
    assert client.post("/apply/startup-subsidy/").status_code == 404
    assert client.get("/can-i-get/result/").url == "/can-i-get/"  # type: ignore[attr-defined]


def test_the_first_page_leads_to_what_is_in_force(in_force: None) -> None:
    html = page(Client(), "/")
    assert "一次性创业补贴" in words(html) and 'href="/measures/startup-subsidy/"' in html and "创业诉求" in words(html)


def test_a_measure_is_told_with_its_words_its_papers_and_its_way(in_force: None) -> None:
    seen = words(page(Client(), "/measures/startup-subsidy/"))
    for said in ("返乡人员", "初次办理注册登记", "5,000元", "身份证", "能核到的不用交", "12333"):
        assert said in seen
    assert "给予5000元一次性创业补贴" in seen and "时限由本市设定，文件没有规定" in seen
    assert "2025年6月9日起" in seen and "申请补贴" in seen and "二（七）" in seen
    assert "是返乡人员" not in seen and "次数是1次" not in seen


def test_the_way_of_a_measure_is_told_as_the_applicant_lives_it(in_force: None) -> None:
    seen = words(page(Client(), "/measures/startup-subsidy/"))
    way = ("您提交申请", "3个工作日内告诉您受不受理", "会一次说清", "部门核验、审核、签批", "受理后15个工作日内")
    places = [seen.index(said) for said in (*way, "公示5个工作日", "财政局拨付", "公示期满后3个工作日内", "到账")]
    assert places == sorted(places)
    for inside in ("退回核验", "不予发放", "开始追回", "汇总人", "签批人"):
        assert inside not in seen


def test_help_names_the_phone_and_the_mandate(in_force: None) -> None:
    seen = words(page(Client(), "/about/"))
    assert "12333" in seen and "委托书" in seen


def test_progress_needs_the_name_with_the_number_and_shows_neither_person_nor_paper(in_force: None) -> None:
    client, _ = resident()
    case = sent(client)
    public = Client()
    found = public.post("/progress/", {"number": case.number.lower(), "applicant": "刘春燕"})
    seen = words(found.content.decode())
    assert found.status_code == 200 and "刘*燕" in seen and "已提交" in seen and "通山县人社局" in seen
    assert "刘春燕" not in seen
    wrong = public.post("/progress/", {"number": case.number, "applicant": "王建"})
    assert "编号和姓名对不上" in wrong.content.decode() and "已提交" not in words(wrong.content.decode())
    assert public.post("/progress/", {}).status_code == 422


def test_names_cannot_be_tried_out_for_a_number(in_force: None) -> None:
    client, _ = resident()
    case = sent(client)
    public = Client()
    for n in range(5):
        public.post("/progress/", {"number": case.number, "applicant": f"示例{n}"})
    right = {"number": case.number, "applicant": "刘春燕"}
    refused = public.post("/progress/", right)
    assert refused.status_code == 429 and "15分钟后再查" in refused.content.decode()
    assert public.post("/progress/", right, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert not WrongTry.objects.filter(address__contains=".").exists()


def test_the_code_opens_its_own_case_and_a_made_up_one_opens_nothing(in_force: None) -> None:
    client, _ = resident()
    case = sent(client)
    token = queries.progress_token(case)
    seen = words(page(Client(), f"/p/{token}/"))
    assert "刘*燕" in seen and "刘春燕" not in seen
    page(Client(), f"/progress/{token}/")
    page(Client(), f"/p/{token[:-2]}xx/", 404)
    page(Client(), "/p/made-up/", 404)


def test_a_notice_is_public_masked_and_says_how_long_it_runs(in_force: None) -> None:
    notice, _ = in_notice(2)
    assert notice.title in words(page(Client(), "/")) and notice.title in words(page(Client(), "/notices/"))
    seen = words(page(Client(), f"/notices/{notice.number}/"))
    assert (
        "公示到2026年6月15日" in seen
        and "还有5个工作日" in seen
        and "今天起" not in seen
        and "合计2人" in seen
        and "10,000" in seen
    )
    assert "4212**********" in seen and notice.unit_name in seen and "提出异议" in seen
    assert "2026年6月8日公示，6月9日起5个工作日，到6月15日" in seen and "二（七）" in seen
    table = Client().get(f"/notices/{notice.number}/table/")
    assert table.content.decode("utf-8-sig").splitlines()[0].startswith("序号,姓名,身份证号")
    page(Client(), "/notices/GS421224-2026-9999/", 404)


def test_the_title_of_a_notice_breaks_by_phrase_and_never_inside_a_year_or_a_batch() -> None:
    phrases = phrases_of("通山县人社局关于2026年第1批一次性创业补贴拟发放人员的公示")
    assert ["".join(piece.text for piece in phrase) for phrase in phrases] == [
        "通山县人社局关于",
        "2026年第1批一次性创业补贴",
        "拟发放人员的公示",
    ]
    assert [piece.text for phrase in phrases for piece in phrase if piece.kept] == ["2026年第1批"]


def test_an_objection_stops_its_line_gets_a_number_and_counts_once(in_force: None) -> None:
    notice, (case,) = in_notice()
    public, path = Client(), f"/notices/{notice.number}/objection/"
    page(public, f"{path}done/", 404)
    incomplete = public.post(path, {"line_no": "1", "text": "没有经营"})
    assert incomplete.status_code == 422 and "请填写姓名" in incomplete.content.decode()
    told = {"line_no": "1", "text": "没有经营", "name": "示例丁", "contact": "15400000000"}
    for _ in range(2):
        assert public.post(path, told).url == f"{path}done/"  # type: ignore[attr-defined]
    assert Objection.objects.get().number in page(public, f"{path}done/")
    case.refresh_from_db()
    assert case.state == "held"
    assert "15400000000" not in page(Client(), f"/notices/{notice.number}/")
    page(Client(), f"{path}done/", 404)


def test_after_its_last_day_a_notice_takes_no_objection(in_force: None) -> None:
    notice = over(in_notice()[0])
    seen = words(page(Client(), f"/notices/{notice.number}/"))
    assert "公示期满" in seen and "提出异议" not in seen
    assert "公示期已满（6月15日）" in seen and "实名提出" not in seen
    page(Client(), f"/notices/{notice.number}/objection/", 409)


def test_results_list_only_what_was_paid(in_force: None) -> None:
    notice, passed = in_notice(2)
    over(notice)
    assert "还没有结果" in words(page(Client(), "/results/"))
    assert "这一批还没有拨付" in words(page(Client(), f"/results/{notice.number}/"))
    batch = notice.batch
    batch.refresh_from_db()
    cases.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    payment_made(Case.objects.get(pk=passed[0].pk))
    listed = words(page(Client(), "/results/"))
    assert "已拨付1人，合计5,000元" in listed and "到账" in listed and "发放结果" in listed and "拟发放" not in listed
    seen = words(page(Client(), f"/results/{notice.number}/"))
    assert passed[0].applicant in seen and passed[1].applicant not in seen and "合计1人" in seen
    assert "拨付到账" in seen and "拟发放" not in seen


def test_public_pages_cost_the_same_with_one_row_and_with_three(in_force: None) -> None:
    one, _ = in_notice(1)
    three = notices.publish_batch_notice(SYSTEM, batch=people.signed(*(approved(n) for n in (4, 5, 6))))
    first, second = (f"/notices/{each.number}/" for each in (one, three))
    assert cost(Client(), first) == cost(Client(), second) < 20
    lists = {path: cost(Client(), path) for path in ("/", "/notices/", "/results/")}
    for n in (7, 8):
        notices.publish_batch_notice(SYSTEM, batch=people.signed(approved(n)))
    assert {path: cost(Client(), path) for path in lists} == lists


def approved(serial: int) -> Case:
    return people.approved(people.a_returnee(serial, name=f"示例{serial}号"))
