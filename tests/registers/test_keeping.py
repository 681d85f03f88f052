"""Entries written down and changed by officers: merged where they can be, chosen where not, nobody's work lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.packs import Field, Pack, Register, Source
from guiyan.registers import actions, queries
from guiyan.registers.keeping.conditions import lacking, sections_shown
from guiyan.registers.keeping.marks import mark_of, marks_of_entry
from guiyan.registers.models import Assertion, EntryDraft, Hat, LevelChange
from guiyan.registers.values import Value
from tests.registers.factories import CHONGYANG_TOWN
from tests.registers.test_noun import a_listed_firm

pytestmark = pytest.mark.usefixtures("scoped_db")
PLAIN = Register(
    label="示例",
    subject="asset",
    owner_unit_kind="x",
    title_field="note",
    region_field="note",
    fields={"note": Field(id="note", label="说明", type="text")},
    sources={"bureau": Source(id="bureau", label="部门", trust=1)},
)


@pytest.fixture
def keeper(actor: Callable[[str], Actor]) -> Actor:
    return actor("zhoumin")


@pytest.fixture
def firm(keeper: Actor) -> int:
    values = a_listed_firm(industry="新材料", coach="示例证券公司")
    return actions.add_entry(keeper, register="listed", values=values, source="bureau").subject_id


def change(who: Actor, firm: int, was: Mapping[str, str], source: str = "bureau", **values: Value) -> actions.Edited:
    return actions.edit_entry(who, register="listed", subject_id=firm, values=values, was=was, source=source)


def held(firm: int) -> Mapping[str, Value]:
    found = queries.entry(SYSTEM, "listed", firm)
    assert found is not None
    return found


def test_a_change_is_a_report_of_what_was_changed_and_of_nothing_else(keeper: Actor, firm: int) -> None:
    was = marks_of_entry("listed", firm)
    done = change(keeper, firm, was, industry="生物医药", coach="示例证券公司")
    assert [field.id for field in done.changed] == ["industry"]
    newest = Assertion.objects.filter(subject_id=firm).order_by("-pk")[0]
    assert newest.fields == {"industry": "生物医药"} and held(firm)["industry"] == "生物医药"


def test_what_two_officers_change_in_different_fields_is_merged(keeper: Actor, firm: int) -> None:
    was = marks_of_entry("listed", firm)
    change(keeper, firm, was, industry="生物医药")
    change(keeper, firm, was, coach="示例会计师事务所")
    assert (held(firm)["industry"], held(firm)["coach"]) == ("生物医药", "示例会计师事务所")


def test_what_two_officers_change_in_one_field_is_theirs_to_choose(keeper: Actor, firm: int) -> None:
    was = marks_of_entry("listed", firm)
    change(keeper, firm, was, industry="生物医药")
    with pytest.raises(actions.Changed) as changed:
        change(keeper, firm, was, industry="现代农业", coach="示例会计师事务所")
    assert [field.id for field in changed.value.fields] == ["industry"]
    assert held(firm)["coach"] == "示例证券公司"  # nothing of it is taken until she chose
    change(keeper, firm, {**was, **changed.value.now}, industry="现代农业", coach="示例会计师事务所")
    assert (held(firm)["industry"], held(firm)["coach"]) == ("现代农业", "示例会计师事务所")


def test_the_same_change_twice_is_no_clash(keeper: Actor, firm: int) -> None:
    was = marks_of_entry("listed", firm)
    change(keeper, firm, was, industry="生物医药")
    assert change(keeper, firm, was, industry="生物医药").changed == ()


def test_a_field_can_be_emptied_and_the_source_of_that_stays_known(keeper: Actor, firm: int) -> None:
    change(keeper, firm, marks_of_entry("listed", firm), industry="")
    assert held(firm)["industry"] is None
    (cell,) = (one for one in queries.entry_view(keeper, "listed", firm).cells if one.field.id == "industry")
    assert cell.source == "招商部门"


def test_what_a_more_trusted_source_says_goes_on_showing_and_is_told(keeper: Actor, firm: int) -> None:
    actions.record(SYSTEM, register="listed", values={"industry": "高端装备"}, source="finance", subject_id=firm)
    done = change(keeper, firm, marks_of_entry("listed", firm), industry="新材料")
    assert [field.id for field in done.outweighed] == ["industry"] and held(firm)["industry"] == "高端装备"


def test_a_key_that_is_there_already_is_refused(keeper: Actor, firm: int) -> None:
    with pytest.raises(Refused, match="已经有这个统一社会信用代码"):
        actions.add_entry(keeper, register="listed", values=a_listed_firm(), source="bureau")


def test_what_a_section_shown_must_hold_is_asked_for(keeper: Actor, firm: int, pack: Pack) -> None:
    register = pack.registers["listed"]
    with pytest.raises(Refused, match="还没有填：上市板块"):
        change(keeper, firm, marks_of_entry("listed", firm), is_listed=True)
    titles = [one.title for one in sections_shown(register, {"is_listed": True})]
    assert "上市情况" in titles and "培育" not in titles
    assert [one.title for one in sections_shown(register, {})] == ["企业", "上市", "高管"]  # unknown shows neither
    assert "board" not in {field.id for field in lacking(register, {"is_listed": False})}


def test_nobody_writes_beyond_her_place_nor_hands_an_entry_there(keeper: Actor, firm: int) -> None:
    with pytest.raises(NotAllowed):
        change(keeper, firm, marks_of_entry("listed", firm), region=CHONGYANG_TOWN)
    with pytest.raises(NotAllowed):
        values = a_listed_firm(2, region=CHONGYANG_TOWN)
        actions.add_entry(keeper, register="listed", values=values, source="bureau")


@pytest.mark.parametrize("who", ["zhengwei", "linzong", "huanglei", "caoyun"])
def test_who_may_not_edit_there_changes_nothing(firm: int, actor: Callable[[str], Actor], who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        change(actor(who), firm, {}, industry="x")
    assert held(firm)["industry"] == "新材料"


def test_a_source_reports_by_its_own_ways_alone(keeper: Actor, firm: int) -> None:
    with pytest.raises(Refused, match="不能由“firm”在这里填报"):
        change(keeper, firm, {}, source="firm", industry="x")


def test_a_draft_is_sealed_her_own_and_gone_when_it_is_sent(
    keeper: Actor, firm: int, actor: Callable[[str], Actor]
) -> None:
    typed = {"name": ["半截企业"], "executive_phone": ["15412345678"]}
    actions.save_draft(keeper, register="listed", subject_id=0, typed=typed)
    row = EntryDraft.objects.get()
    assert b"15412345678" not in bytes(row.sealed)
    draft = queries.draft_of(keeper, "listed", 0)
    assert draft is not None and draft.typed == typed
    assert queries.draft_of(actor("caoyun"), "listed", 0) is None
    actions.add_entry(keeper, register="listed", values=a_listed_firm(2), source="bureau")
    assert queries.draft_of(keeper, "listed", 0) is None


def decide(who: Actor, firm: int, to: str, was: str, **changes: str) -> LevelChange:
    words = {"reason": "年营收过亿", "evidence": "咸招发〔2026〕3号", **changes}
    return actions.decide_level(
        who, register="listed", subject_id=firm, to=to, was=was, decided_on=date(2025, 6, 10), **words
    )


def test_steps_go_up_down_and_out_and_each_is_kept(firm: int, actor: Callable[[str], Actor]) -> None:
    officer = actor("zhengwei")
    for to, was in (("silver", ""), ("gold", "silver"), ("silver", "gold"), ("", "silver")):
        decide(officer, firm, to, was)
        assert queries.entry_view(SYSTEM, "listed", firm).level == to
        assert Hat.objects.get(register="listed", subject_id=firm).level == to
    told = queries.levels_of(officer, "listed", firm)
    assert [(one.before, one.after) for one in told] == [
        ("silver", ""),
        ("gold", "silver"),
        ("silver", "gold"),
        ("", "silver"),
    ]
    assert all(one.reason and one.evidence and "郑伟" in one.actor_label for one in told)


def test_the_list_narrows_to_a_step(firm: int, actor: Callable[[str], Actor]) -> None:
    decide(actor("zhengwei"), firm, "silver", "")
    assert [one.subject_id for one in queries.entry_list(SYSTEM, "listed", level="silver").lines] == [firm]
    assert queries.entry_list(SYSTEM, "listed", level="gold").lines == ()
    assert queries.entry_list(SYSTEM, "listed", level="out").lines == ()


@pytest.mark.parametrize(
    ("to", "was", "changes", "words"),
    [
        ("bronze", "", {}, "没有这一级"),
        ("silver", "", {"reason": " "}, "请写明理由"),
        ("silver", "", {"evidence": ""}, "请写明依据"),
        ("silver", "gold", {}, "别人刚把它调到了“未列入”"),
        ("", "", {}, "它已经是“未列入”"),
    ],
)
def test_a_step_that_can_not_be_is_refused(
    firm: int, actor: Callable[[str], Actor], to: str, was: str, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        decide(actor("zhengwei"), firm, to, was, **changes)
    assert not LevelChange.objects.exists()


def test_a_report_never_moves_a_step_and_who_may_not_decide_does_not(firm: int, actor: Callable[[str], Actor]) -> None:
    decide(actor("zhengwei"), firm, "gold", "")
    change(actor("zhoumin"), firm, marks_of_entry("listed", firm), industry="生物医药")
    assert queries.entry_view(SYSTEM, "listed", firm).level == "gold"
    with pytest.raises(NotAllowed):
        decide(actor("zhoumin"), firm, "silver", "gold")


VALUES = st.one_of(st.none(), st.text(max_size=8), st.integers(-(10**9), 10**9), st.booleans())


@settings(max_examples=60, deadline=None)
@given(one=VALUES, other=VALUES)
def test_marks_are_the_same_for_the_same_value_alone(one: Value, other: Value) -> None:
    same = (one in (None, "") and other in (None, "")) or (type(one) is type(other) and one == other)
    assert (mark_of(PLAIN, "note", one) == mark_of(PLAIN, "note", other)) == same
