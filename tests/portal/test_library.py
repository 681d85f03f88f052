"""The policy library: found by words, group, kind and county; pages with and without item; past ones told as past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.policies.actions import end_confirmations
from tests.portal.residents import cost, page, words

pytestmark = pytest.mark.usefixtures("library")
Changed = Callable[[dict[str, object]], None]


def titles(query: str) -> list[str]:
    """The titles on the list, in order."""
    html = page(Client(), f"/measures/?{query}")
    return [part.partition("<")[0] for part in html.split('<span class="row-title">')[1:]]


@pytest.fixture
def change() -> Changed:
    """change({...}): the startup subsidy's versions as they are told, from a new release."""

    def apply(said: dict[str, object]) -> None:
        pack = releases.current()
        content = pack.model_dump(mode="json", by_alias=True)
        content["measures"]["startup-subsidy"].update(said)
        releases.apply(SYSTEM, Pack.model_validate(content))

    return apply


def version(since: str, until: str | None = None, amount: str = "5000", when: str = "is_returnee") -> dict[str, object]:
    condition = {"returnee": {"label": "返乡人员", "when": when}}
    return {"from": since, "to": until, "conditions": condition, "benefit": {"kind": "grant", "amount_yuan": amount}}


def test_the_list_names_every_measure_in_force_once() -> None:
    assert sorted(titles("")) == sorted(one.title for one in releases.current().measures.values())


def test_a_group_shows_what_names_it_and_then_what_is_open_to_all() -> None:
    found = titles("group=返乡人员")
    assert found[0] == "一次性创业补贴" and "个人创业担保贷款" in found
    assert "高校毕业生一次性创业补贴" not in found and "小微企业创业担保贷款" not in found
    seen = words(page(Client(), "/measures/?group=返乡人员"))
    assert seen.index("返乡人员1项") < seen.index("一次性创业补贴") < seen.index("不限人群的")


def test_groups_are_read_from_the_measures() -> None:
    assert set(titles("group=园区和孵化基地")) == {"市级创业孵化基地奖补", "市级返乡创业园奖补"}
    assert "小微企业创业担保贷款" in titles("group=小微企业") and "高校毕业生小微企业贷款贴息" in titles(
        "group=小微企业"
    )


def test_filters_stand_in_the_address_and_narrow_together() -> None:
    assert set(titles("for=organisation&benefit=award")) == {
        "市级创业孵化基地奖补",
        "市级返乡创业园奖补",
        "返乡创业项目奖补",
    }
    assert titles("q=毕业 补贴") == ["高校毕业生一次性创业补贴"]
    html = page(Client(), "/measures/?group=返乡人员&benefit=grant")
    assert 'aria-label="取消条件：给谁返乡人员"' in html and 'name="benefit" value="grant"' in html
    assert "没有合这些条件的政策" in words(page(Client(), "/measures/?q=没有这个词"))
    assert len(titles("for=nonsense&county=1&benefit=x")) == 10


def test_a_county_shows_its_own_office_and_number() -> None:
    seen = words(page(Client(), "/measures/startup-subsidy/"))
    assert "通山县人力资源和社会保障局" in seen and "0715-0000024" in seen and "嘉鱼县人力资源和社会保障局" in seen


def test_where_nothing_can_be_applied_for_yet_the_window_and_the_phone_are_named(change: Changed) -> None:
    window = {"unit_kind": "human-resources", "window": "到示例窗口提出", "phone": "12333", "set_by": "city-demo"}
    change({"item": None, "office": window})
    html = page(Client(), "/measures/startup-subsidy/")
    said = words(html)
    assert "到示例窗口提出。这一项还不能在网上申请" in said and "通山县人力资源和社会保障局" in said
    assert 'href="tel:12333"' in html and "/apply/" not in html


def test_every_measure_of_the_city_says_where_to_go_and_whom_to_call() -> None:
    for measure in releases.current().measures.values():
        html = page(Client(), f"/measures/{measure.id}/")
        said = words(html)
        assert "找谁办" in said and "通山县人力资源和社会保障局" in said and 'href="tel:0715-0000024"' in html, (
            measure.id
        )
        if measure.item is None:
            assert measure.office is not None and measure.office.window in said


def test_a_condition_with_several_ways_tells_each_of_them() -> None:
    seen = words(page(Client(), "/measures/counter-guarantee-waiver/"))
    assert "1.打算申请的创业担保贷款不超过10万元" in seen and "2.项目由返乡创业孵化园推荐" in seen
    assert "文件写的是“鼓励”" in seen


def test_versions_say_what_they_changed(change: Changed) -> None:
    change(
        {"versions": [version("2025-06-09", amount="3000"), version("2026-01-01", when="is_returnee AND credit_ok")]}
    )
    seen = words(page(Client(), "/measures/startup-subsidy/"))
    assert "金额由3,000元改为5,000元" in seen and "条件由“是返乡人员”改为“是返乡人员，并且信用良好”" in seen
    assert seen.index("2026年1月1日起") < seen.index("现在执行") < seen.index("2025年6月9日起") < seen.index("已被替代")


def test_an_expired_measure_is_listed_as_past_and_can_not_be_applied_for(change: Changed) -> None:
    change({"versions": [version("2025-06-09", "2026-05-31")]})
    assert "一次性创业补贴" not in titles("") and titles("state=past") == ["一次性创业补贴"]
    html = page(Client(), "/measures/startup-subsidy/")
    assert "这项政策已经到期" in words(html) and "/apply/" not in html
    assert "到期2026年5月31日" in words(page(Client(), "/measures/?state=past"))


def test_a_measure_whose_document_ended_keeps_its_page_and_says_so() -> None:
    end_confirmations(actor_by_username("helin"), document_id=1)
    html = page(Client(), "/measures/startup-subsidy/")
    assert "这项政策已经停止执行" in words(html) and "/apply/" not in html
    assert titles("") == [] and "一次性创业补贴" in titles("state=past")


def test_a_measure_that_begins_later_says_from_when(change: Changed) -> None:
    change({"versions": [version("2026-09-01")]})
    html = page(Client(), "/measures/startup-subsidy/")
    assert "2026年9月1日起执行" in words(html) and "/apply/" not in html


def test_the_list_costs_the_same_whatever_it_shows() -> None:
    few, all_of_them = cost(Client(), "/measures/?q=返乡创业园"), cost(Client(), "/measures/")
    assert few == all_of_them < 12


def test_the_days_of_this_test_are_the_ones_it_speaks_of() -> None:
    assert calendar.today() == date(2026, 6, 8)


def test_a_condition_whose_label_only_names_a_fact_is_told_in_full(change: Changed) -> None:
    one = version("2025-06-09")
    one["conditions"] = {
        "returnee": {"label": "返乡人员", "when": "is_returnee"},
        "age": {"label": releases.current().facts["age_years"].label, "when": "age_years <= 45"},
    }
    change({"versions": [one]})
    seen = words(page(Client(), "/measures/startup-subsidy/"))
    assert "年龄不超过45周岁" in seen and "是返乡人员" not in seen
