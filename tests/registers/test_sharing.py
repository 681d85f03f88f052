"""Another bureau's data: applied for, agreed to by two officers of the holder, bound to a purpose and to a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from guiyan.accounts.models import Unit, User
from guiyan.insights.snapshot.facts import fact_query
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM, Actor, FixedActor, Grant
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.regions import subtree
from guiyan.packs.comparison import Sharing
from guiyan.registers import actions, queries
from guiyan.registers.models import DataUse
from guiyan.registers.queries import sharing
from guiyan.registers.rights.passed import passed_of
from tests.registers.factories import BORN, a_person, csv_file, id_number

pytestmark = pytest.mark.usefixtures("scoped_db")
LIST, HOLDER, CITY = "paid-before", "4212-finance", 421200000000
HEAD = ("身份证号", "姓名", "金额", "发放日期", "发放单位")


@pytest.fixture(autouse=True)
def catalogued(scoped_db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of those paid before stands in the catalogue, as the finance bureau's; for comparison alone."""
    pack = releases.current()
    shared = Sharing(holder=HOLDER, purposes={"compare": "发放前核对"}, basis="示例依据")
    lists = {**pack.lists, LIST: pack.lists[LIST].model_copy(update={"sharing": shared})}
    bound = pack.model_copy(update={"lists": lists})
    monkeypatch.setattr("guiyan.kernel.releases.current", lambda: bound)


def officer(name: str, user_id: int, unit: str, *permissions: str) -> Actor:
    unit_id = Unit.objects.get(code=unit).pk
    grant = Grant(role=name, permissions=frozenset(permissions), regions=(subtree(CITY),), unit_id=unit_id)
    return FixedActor("user", name, user_id, None, (grant,))


def holder(user_id: int) -> Actor:
    return officer(f"财政{user_id}", user_id, HOLDER, "sharing.authorise")


def asker() -> Actor:
    return officer("何琳", 901, "4212-human-resources", "sharing.apply", "list.import", "register.import")


def asked(until: date | None = None) -> DataUse:
    return actions.apply_for_data(
        asker(), list_id=LIST, purpose="compare", reason="发放前核对", until=until or today() + timedelta(days=30)
    )


def live() -> DataUse:
    use = asked()
    actions.answer_application(holder(911), use_id=use.pk, agreed=True)
    return actions.answer_application(holder(912), use_id=use.pk, agreed=True)


def bring_in(path: Path) -> actions.ListSummary:
    rows = [[id_number(BORN, "女", 1), "示例", "5000", "2025-09-01", "通山县人社局"]]
    file = csv_file(path / "l.csv", HEAD, rows)
    return actions.import_list(asker(), list_id=LIST, path=file, as_of=date(2026, 5, 31), confirmed=True)


def told(subject_id: int) -> tuple[str, str]:
    (found,) = queries.compare(subject_id, [LIST])
    return found.outcome, found.note


def test_nothing_comes_in_without_an_authorisation(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有有效的授权"):
        bring_in(tmp_path)
    asked()
    with pytest.raises(Refused, match="还在等咸宁市财政局同意"):
        bring_in(tmp_path)
    live()
    assert bring_in(tmp_path).taken == 1


def test_two_officers_of_the_holder_and_nobody_else(tmp_path: Path) -> None:
    use = asked()
    with pytest.raises(NotFound):
        actions.answer_application(
            officer("外人", 921, "4212-human-resources", "sharing.authorise"), use_id=use.pk, agreed=True
        )
    with pytest.raises(NotFound):
        actions.answer_application(asker(), use_id=use.pk, agreed=True)
    assert actions.answer_application(holder(911), use_id=use.pk, agreed=True).state == DataUse.AGREED
    with pytest.raises(NotAllowed, match="另一个人"):
        actions.answer_application(holder(911), use_id=use.pk, agreed=True)
    assert [one.pk for one in sharing.uses_to_answer(holder(912))] == [use.pk]
    assert sharing.uses_to_answer(holder(911)) == []
    assert actions.answer_application(holder(912), use_id=use.pk, agreed=True).state == DataUse.LIVE


def test_withdrawn_it_is_told_to_nobody_and_comes_back_with_a_new_one(tmp_path: Path) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    use = live()
    bring_in(tmp_path)
    assert told(who)[0] == "hit"
    with pytest.raises(Refused, match="为什么收回"):
        actions.withdraw_use(holder(911), use_id=use.pk, note=" ")
    actions.withdraw_use(holder(911), use_id=use.pk, note="用途变了")
    assert told(who) == ("missing", "没有有效的授权，不能比对；请先在数据目录里申请")
    live()
    assert told(who)[0] == "hit"


def test_after_its_day_it_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    use = live()
    bring_in(tmp_path)
    DataUse.objects.filter(pk=use.pk).update(until=today() - timedelta(days=1))
    assert DataUse.objects.get(pk=use.pk).state == DataUse.EXPIRED
    assert told(who)[0] == "missing"


def test_for_another_purpose_nothing_is_known_of_it(tmp_path: Path) -> None:
    """Authorised for comparison, it says nothing where people are looked for."""
    live()
    bring_in(tmp_path)
    pack = releases.current()
    assert sharing.closed([pack.lists[LIST]], sharing.MATCH) == {LIST}
    query = fact_query(pack, "person", today(), subtree(CITY)).query.as_string()
    assert f"l.list_id = '{LIST}'" not in query and "keyed.whom IS NOT NULL AND false" in query


def test_only_declared_purposes_within_a_year_and_with_a_reason() -> None:
    apply = {"list_id": LIST, "purpose": "compare", "reason": "核对", "until": today() + timedelta(days=9)}
    for change, words in (
        ({"purpose": "match"}, "只能用于：发放前核对"),
        ({"reason": " "}, "为什么要用"),
        ({"until": today()}, "一年以内"),
        ({"until": today() + timedelta(days=400)}, "一年以内"),
    ):
        with pytest.raises(Refused, match=words):
            actions.apply_for_data(asker(), **{**apply, **change})  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        actions.apply_for_data(asker(), **{**apply, "list_id": "deaths"})  # type: ignore[arg-type]


SOURCE = "away.offices"


def away(number: int, path: Path) -> Path:
    row = [f"示例{number}", id_number(BORN, "女", number), "421224107206"]
    return csv_file(path / f"{number}.csv", ("姓名", "身份证号", "户籍村（社区）"), [row])


def bring_source_in(path: Path) -> actions.ImportSummary:
    return actions.import_rows(asker(), register="away", path=away(1, path), source="offices")


def source_live() -> DataUse:
    until = today() + timedelta(days=30)
    use = actions.apply_for_data(asker(), list_id=SOURCE, purpose="register", reason="摸清在外人员", until=until)
    invest = [officer(f"招商{n}", 930 + n, "4212-investment-promotion", "sharing.authorise") for n in (1, 2)]
    for one in invest:
        use = actions.answer_application(one, use_id=use.pk, agreed=True)
    return use


def test_a_source_that_is_another_bureaus_is_bound_too_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"招商.*没有有效的授权，不能导入。请先在“数据目录”里申请"):
        bring_source_in(tmp_path)
    with pytest.raises(Refused, match="没有有效的授权"), away(1, tmp_path).open("rb") as file:
        actions.hand_in(asker(), register="away", source="offices", as_of=today(), name="a.csv", blocks=[file.read()])
    with away(1, tmp_path).open("rb") as file:
        form = {"file": file, "source": "offices", "as_of": today().isoformat()}
        refused = client_of("helin").post("/desk/registers/away/import/", form)
    assert refused.status_code == 422 and f"/desk/catalogue/{SOURCE}/" in refused.content.decode()
    until = today() + timedelta(days=30)
    actions.apply_for_data(asker(), list_id=SOURCE, purpose="register", reason="核对", until=until)
    with pytest.raises(Refused, match=r"还在等.*同意"):
        bring_source_in(tmp_path)
    use = source_live()
    assert bring_source_in(tmp_path).created == 1
    assert [(one.how, one.row_count) for one in use.takings.all()] == [("file", 1)]
    assert sharing.takings_of([use])[use.pk].rows == 1
    actions.withdraw_use(
        officer("招商1", 931, "4212-investment-promotion", "sharing.authorise"), use_id=use.pk, note="x"
    )
    with pytest.raises(Refused, match="授权被收回了"):
        bring_source_in(tmp_path)


def test_whoever_it_is_about_is_told_whose_data_came_and_what_for(tmp_path: Path) -> None:
    """Of a source by the report about her, of a list by her being on it; and nobody else."""
    use, _ = source_live(), live()
    bring_source_in(tmp_path)
    bring_in(tmp_path)
    who = queries.subject_by_key("id_number", id_number(BORN, "女", 1)) or 0
    told = [(one.who, one.done, one.purpose) for one in passed_of([who])]
    assert sorted(words for _, words, _ in told) == [
        "收进了“以前发过的一次性创业补贴”里您的信息",
        "收进了“驻外招商机构线索（外出务工人员清单）”里您的信息",
    ]
    assert "咸宁市招商和投资促进局授权咸宁市人力资源和社会保障局使用" in {one for one, _, _ in told}
    assert passed_of([actions.record(SYSTEM, register="person", values=a_person(9), source="shared")]) == ()
    page = client_of("helin").get("/desk/catalogue/").content.decode()
    assert "用了1次，共1行" in page and use.unit_name in page


def test_whoever_was_compared_with_a_list_is_told_and_the_holder_sees_how_many() -> None:
    use, lists = live(), [releases.current().lists[LIST]]
    who = actions.record(SYSTEM, register="person", values=a_person(3), source="shared")
    other = actions.record(SYSTEM, register="person", values=a_person(4), source="shared")
    actions.note_compared(asker(), lists, [who, other])
    (told,) = passed_of([who])
    assert told.done == "和“以前发过的一次性创业补贴”比对了" and told.purpose == "发放前核对"
    assert [(one.how, one.row_count) for one in use.takings.all()] == [("look", 2)]
    actions.withdraw_use(holder(911), use_id=use.pk, note="用途变了")
    actions.note_compared(asker(), lists, [who])
    assert use.takings.count() == 1  # without an authorisation nothing of it was told, so nobody was compared


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_the_catalogue_says_whose_and_what_for_and_takes_an_application() -> None:
    client = Client()
    client.force_login(User.objects.get(username="helin"))
    page = client.get("/desk/catalogue/").content.decode()
    assert releases.current().lists[LIST].label in page and "发放前核对" in page
    sent = client.post(f"/desk/catalogue/{LIST}/", {"purpose": "compare", "reason": "核对", "until": "2020-01-01"})
    assert sent.status_code == 422
    until = (today() + timedelta(days=30)).isoformat()
    sent = client.post(f"/desk/catalogue/{LIST}/", {"purpose": "compare", "reason": "核对", "until": until})
    assert sent.status_code == 302
    assert "等提供单位同意" in client.get("/desk/catalogue/").content.decode()
