"""A revised document is held against the one in force, its changes are decided, and the live plan goes on under it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Document, Indicator, Instruction, PlanChange, RevisionDecision, Task
from guiyan.plans.queries.findings import findings_on
from guiyan.plans.revisions import changes_of
from guiyan.plans.sharing import share_out
from tests.access.world import COUNTIES
from tests.plans import revised
from tests.plans.factories import REAL, confirm_all, published_plan
from tests.plans.revised import accept_all, decide, imported_revision, of, published_revision, titles

SINCE = date(2026, 5, 20)
SMALL = (
    "示例市服务工作方案\n一、重点任务\n(一)建立台账。逐户走访，{}。(责任单位:市人社局)\n"
    "(二)办好活动。每年服务企业{}家以上。(责任单位:市财政局)"
)


def stands(folder: Path) -> None:
    """The plan is in force."""
    published_plan(actor_by_username("helin"))


@pytest.fixture
def old(scoped_db: object) -> Document:
    return Document.objects.get()


@pytest.fixture
def helin(scoped_db: object, actor: Callable[[str], Actor]) -> Actor:
    return actor("helin")


def small(officer: Actor, words: str = "按月调度", number: int = 100, name: str = "small.txt") -> Document:
    return actions.import_document(officer, name=name, content=SMALL.format(words, number).encode())


def small_plan(officer: Actor) -> Document:
    document = small(officer)
    confirm_all(officer, document)
    return actions.publish_document(officer, document=document)


def founders() -> Indicator:
    return Indicator.objects.get(definition="new-returnee-businesses")


def split_and_issued(helin: Actor, issuer: Actor) -> None:
    values = share_out(Decimal(10_000), dict.fromkeys(COUNTIES, Decimal(1))).shares
    split = actions.save_split(helin, indicator=founders(), year=2026, values=dict(values), basis="even")
    actions.propose_split(helin, split=split)
    actions.issue_split(issuer, split=split)


def test_the_changes_are_found_and_nothing_else(old: Document, helin: Actor) -> None:
    found = changes_of(imported_revision(helin, old))
    assert titles(of(found, "figure")) == ["新增返乡创业"]
    assert titles(of(found, "units")) == ["提升政务服务水平"]
    assert titles(of(found, "wording")) == ["开展“对话楚商”系列行动"]
    assert titles(of(found, "gone")) == ["举办返乡创业活动"]
    assert titles(of(found, "new")) == ["校友跟踪服务计划"]
    assert len(of(found, "same")) == 77 == len(found) - 5


def test_what_did_not_change_is_confirmed_with_the_import(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    waiting = [change for change in changes_of(document) if not change.decided]
    assert {change.verdict for change in waiting} == {"figure", "units", "wording", "gone", "new"}
    assert document.items.filter(decision="").count() == 4
    assert document.items.filter(note="和原文件相同", decision="confirmed").count() == 77


def test_the_revised_document_is_suggested_for_its_plans(old: Document, helin: Actor) -> None:
    other = small_plan(helin)
    document = actions.import_document(helin, name=revised.NAME, content=revised.whole_revision().encode())
    assert queries.suggested_revised(helin, document) == old
    assert queries.suggested_revised(helin, small(helin, number=120, name="next.txt")) == other


def test_something_new_is_not_taken_for_a_revision(old: Document, helin: Actor) -> None:
    assert queries.suggested_revised(helin, small(helin)) is None


def test_live_rows_keep_their_identity_and_everything_that_hangs_on_them(
    old: Document, helin: Actor, actor: Callable[[str], Actor]
) -> None:
    split_and_issued(helin, actor("panjian"))
    task, figure = Task.objects.get(title="提升政务服务水平"), founders()
    actions.set_task_due(helin, task=task, due_on=date(2026, 9, 30))
    actions.add_task_unit(helin, task=task, unit_code="4212-audit")
    units = {part.unit_code: part.id for part in task.units.all()}
    unit_codes = ["4212-human-resources"]
    actions.write_instruction(
        actor("linzong"), text="请抓紧。", unit_codes=unit_codes, place=421200000000, title="返乡创业", indicator=figure
    )
    new = published_revision(helin, old)
    after = Task.objects.get(id=task.id)
    assert (after.document_id, after.due_on) == (new.id, date(2026, 9, 30))
    assert "市司法局" in after.unit_names and "市教育局" not in after.unit_names
    stayed = {part.unit_code: part.id for part in after.units.all()}
    assert stayed["4212-audit"] == units["4212-audit"]
    assert stayed["4212-human-resources"] == units["4212-human-resources"]
    assert "4212-justice" in stayed and "4212-education" not in stayed
    now = founders()
    assert (now.id, now.document_id, now.target) == (figure.id, new.id, Decimal(12_000))
    assert now.splits.get(state="issued").shares.count() > 0
    assert Instruction.objects.get(indicator=now).orders.count() == 1


def test_a_changed_figure_keeps_the_old_value_with_who_when_and_which_document(old: Document, helin: Actor) -> None:
    new = published_revision(helin, old)
    change = PlanChange.objects.get(indicator=founders())
    assert (change.verdict, change.before["target"], change.after["target"]) == ("figure", "10000", "12000")
    assert (change.from_document, change.to_document, change.since) == (old, new, SINCE)
    assert change.changed_by == helin.label


def test_what_is_gone_ends_with_its_reason_and_what_is_new_is_made(old: Document, helin: Actor) -> None:
    ended = Task.objects.get(title="举办返乡创业活动")
    new = published_revision(helin, old)
    ended.refresh_from_db()
    assert (ended.document_id, ended.ended_on, ended.ended_reason) == (old.id, SINCE, "新文件不再安排")
    assert ended not in queries.tasks()
    assert ended in queries.tasks(ended=True)
    made = new.tasks.get(title="校友跟踪服务计划")
    assert {part.unit_code for part in made.units.all()} == {"4212-investment-promotion", "4212-science"}
    assert new.tasks.count() == 36
    assert sorted(new.tasks.values_list("number", flat=True)) == list(range(1, 37))


def test_the_old_document_is_superseded_in_the_same_breath(old: Document, helin: Actor) -> None:
    new = published_revision(helin, old)
    old.refresh_from_db()
    assert (new.state, old.state, old.superseded_by, old.ended_on) == ("in_force", "superseded", new, SINCE)
    told = set(AuditEntry.objects.filter(target__in=(f"document:{new.id}", f"document:{old.id}")).values_list("action"))
    assert {("revision.start",), ("revision.publish",), ("document.supersede",)} <= told


def test_where_the_old_is_kept_the_row_stands_on_its_old_words(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    found = {change.verdict: change for change in changes_of(document) if not change.decided}
    for verdict in ("figure", "units", "gone", "new"):
        decide(helin, document, found[verdict], "kept")
    accept_all(helin, document)
    new = actions.publish_revision(helin, document=document, since=SINCE)
    assert founders().target == Decimal(10_000)
    assert founders().document == new
    ended = Task.objects.get(title="举办返乡创业活动")
    assert (ended.document_id, ended.item.document_id, ended.ended_on) == (new.id, old.id, None)
    assert "创业创新大赛" in queries.wordings([ended])[ended.pk]
    assert queries.document_of_words(ended) == old.id
    assert not new.tasks.filter(title="校友跟踪服务计划").exists()
    assert sorted(new.tasks.values_list("number", flat=True)) == list(range(1, 37))
    assert PlanChange.objects.filter(verdict="kept").count() == 3


def test_county_shares_that_no_longer_add_up_are_a_finding_and_stay_as_they_are(
    old: Document, helin: Actor, actor: Callable[[str], Actor]
) -> None:
    split_and_issued(helin, actor("panjian"))
    assert not [x for x in findings_on(date(2026, 6, 1)) if x.kind == "split"]
    before = list(founders().splits.get(state="issued").shares.order_by("place").values_list("place", "value"))
    published_revision(helin, old)
    (found,) = [x for x in findings_on(date(2026, 6, 1)) if x.kind == "split"]
    assert "各县合计比全市目标少2,000人" in found.why and "2026年5月20日起改过" in found.why
    split = founders().splits.get(state="issued")
    assert list(split.shares.order_by("place").values_list("place", "value")) == before
    mended = share_out(Decimal(12_000), dict.fromkeys(COUNTIES, Decimal(1))).shares
    draft = actions.save_split(helin, indicator=founders(), year=2026, values=dict(mended), reason="目标已修订")
    actions.propose_split(helin, split=draft)
    actions.issue_split(actor("panjian"), split=draft)
    assert not [x for x in findings_on(date(2026, 6, 1)) if x.kind == "split"]


def test_a_correction_of_the_old_holds_for_the_same_words_in_the_new(helin: Actor) -> None:
    document = small(helin)
    figure = document.items.get(kind="indicator")
    actions.decide_item(helin, item=figure, decision="confirmed", version=0, corrected={"name": "服务企业（户）"})
    confirm_all(helin, document)
    old = actions.publish_document(helin, document=document)
    revision = small(helin, words="按季调度", name="next.txt")
    actions.start_revision(helin, document=revision, revises=old)
    item = revision.items.get(kind="indicator")
    assert (item.values["name"], item.payload["name"], item.decision) == (
        "服务企业（户）",
        figure.payload["name"],
        "confirmed",
    )


def test_a_corrected_field_holds_where_another_field_changed(helin: Actor) -> None:
    document = small(helin)
    figure = document.items.get(kind="indicator")
    actions.decide_item(helin, item=figure, decision="confirmed", version=0, corrected={"name": "服务企业（户）"})
    confirm_all(helin, document)
    old = actions.publish_document(helin, document=document)
    revision = actions.start_revision(helin, document=small(helin, number=120, name="next.txt"), revises=old)
    (change,) = of(changes_of(revision), "figure")
    assert change.difference.aspects == ("figure",)
    assert change.new is not None and change.new.values["name"] == "服务企业（户）"


def test_what_was_not_taken_before_is_not_asked_again(helin: Actor) -> None:
    document = small(helin)
    actions.decide_item(helin, item=document.items.get(kind="indicator"), decision="dropped", version=0)
    confirm_all(helin, document)
    old = actions.publish_document(helin, document=document)
    revision = small(helin, words="按季调度", name="next.txt")
    revision = actions.start_revision(helin, document=revision, revises=old)
    assert revision.items.get(kind="indicator").decision == "dropped"
    assert [change.verdict for change in changes_of(revision)] == ["wording", "same"]


def test_a_revision_of_a_revision_goes_on_with_the_same_rows(old: Document, helin: Actor) -> None:
    figure = founders()
    new = published_revision(helin, old)
    text = revised.revised_text(("1.2万人以上", "1.5万人以上"), text=revised.whole_revision())
    newest = published_revision(helin, new, text)
    assert founders().id == figure.id
    assert founders().target == Decimal(15_000)
    assert [x.before["target"] for x in figure.changes.order_by("id")] == ["10000", "12000"]
    assert Document.objects.get(id=new.id).superseded_by == newest


def test_two_revisions_of_one_document_the_second_is_told_and_goes_on_from_the_first(
    old: Document, helin: Actor
) -> None:
    late = imported_revision(helin, old, revised.revised_text(revised.FIGURE), name="late.txt")
    accept_all(helin, late)
    first = published_revision(helin, old)
    with pytest.raises(Refused, match="已经由"):
        actions.publish_revision(helin, document=late, since=SINCE)
    assert Document.objects.get(id=late.id).state == "reviewing"
    again = actions.start_revision(helin, document=late, revises=first)
    assert titles(of(changes_of(again), "gone")) == ["校友跟踪服务计划"]


def test_publishing_twice_finds_it_done(old: Document, helin: Actor) -> None:
    new = published_revision(helin, old)
    again = actions.publish_revision(helin, document=new, since=SINCE)
    assert again.state == "in_force"
    assert PlanChange.objects.filter(to_document=new).count() == 4


def test_publishing_waits_for_every_change(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    with pytest.raises(Refused, match="还有5处改动没有定"):
        actions.publish_revision(helin, document=document, since=SINCE)
    confirm_all(helin, document)
    with pytest.raises(Refused, match="还有4处改动没有定"):
        actions.publish_revision(helin, document=document, since=SINCE)
    with pytest.raises(Refused, match="请在“修订对照”里"):
        actions.publish_document(helin, document=document)
    assert Document.objects.get(id=old.id).state == "in_force"


def test_a_date_to_come_or_before_the_old_document_changes_nothing(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    accept_all(helin, document)
    for day, words in ((date(2099, 1, 1), "还没有到"), (date(2020, 1, 1), "早于")):
        with pytest.raises(Refused, match=words):
            actions.publish_revision(helin, document=document, since=day)
    assert founders().document_id == old.id
    assert not PlanChange.objects.exists()


def test_a_decision_made_elsewhere_is_told_and_the_same_one_again_changes_nothing(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    change = of(changes_of(document), "figure")[0]
    decide(helin, document, change, "accepted")
    decide(helin, document, change, "accepted")
    with pytest.raises(Refused, match="刚刚由何琳定过"):
        decide(helin, document, change, "kept")
    assert RevisionDecision.objects.get(document=document).decision == "accepted"


def test_a_reading_corrected_after_the_decision_is_asked_again(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    change = of(changes_of(document), "figure")[0]
    decide(helin, document, change, "accepted")
    item = document.items.get(id=change.new.item.id if change.new else 0)
    actions.reopen_item(helin, item=item)
    item.refresh_from_db()
    corrected = {"value": "12500"}
    actions.decide_item(helin, item=item, decision="confirmed", version=item.version, corrected=corrected)
    (again,) = of(changes_of(document), "figure")
    assert again.decided == ""
    with pytest.raises(Refused, match="这一处刚才变了"):
        decide(helin, document, change, "accepted")


def test_a_decision_is_taken_back(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    for verdict in ("figure", "gone", "new"):
        for decision in ("accepted", "kept"):
            decide(helin, document, of(changes_of(document), verdict)[0], decision, "不再安排")
            assert of(changes_of(document), verdict)[0].decided == decision
            decide(helin, document, of(changes_of(document), verdict)[0], "")
            assert of(changes_of(document), verdict)[0].decided == ""


def test_ending_needs_a_reason(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    with pytest.raises(Refused, match="为什么终止"):
        decide(helin, document, of(changes_of(document), "gone")[0], "accepted", "  ")


def test_saying_twice_what_it_revises_changes_nothing_and_another_begins_anew(old: Document, helin: Actor) -> None:
    other = small_plan(helin)
    document = imported_revision(helin, old)
    decide(helin, document, of(changes_of(document), "figure")[0], "accepted")
    actions.start_revision(helin, document=document, revises=old)
    assert document.revision_decisions.count() == 1
    actions.start_revision(helin, document=document, revises=other)
    assert document.revision_decisions.count() == 0


def test_a_document_that_is_no_revision_after_all_asks_again_what_was_left_out(old: Document, helin: Actor) -> None:
    document = imported_revision(helin, old)
    decide(helin, document, of(changes_of(document), "figure")[0], "kept")
    decide(helin, document, of(changes_of(document), "new")[0], "kept")
    actions.leave_revision(helin, document=document)
    assert document.items.filter(decision="dropped").count() == 0
    assert Document.objects.get(id=document.id).revises is None


@pytest.mark.parametrize("kind", ["itself", "draft", "published"])
def test_what_cannot_be_revised_is_refused_in_words(old: Document, helin: Actor, kind: str) -> None:
    draft = small(helin)
    words = {"itself": "不能修订它自己", "draft": "不在执行中", "published": "已经发布"}[kind]
    pair = {"itself": (draft, draft), "draft": (draft, small(helin, number=7, name="b.txt")), "published": (old, old)}
    with pytest.raises(Refused, match=words):
        actions.start_revision(helin, document=pair[kind][0], revises=pair[kind][1])


def test_the_same_file_again_leads_to_the_first_one(old: Document, helin: Actor) -> None:
    published_revision(helin, old)
    with pytest.raises(Refused, match="已经导入过"):
        actions.import_document(helin, name="again.txt", content=revised.whole_revision().encode())
    with pytest.raises(Refused, match="已经导入过"):
        actions.import_document(helin, name="again.txt", content=REAL.read_bytes())


def test_only_the_policy_officer_revises(old: Document, helin: Actor, actor: Callable[[str], Actor]) -> None:
    document = imported_revision(helin, old)
    change = of(changes_of(document), "figure")[0]
    with pytest.raises(NotAllowed):
        decide(actor("linzong"), document, change, "accepted")
    with pytest.raises(NotAllowed):
        actions.publish_revision(actor("linzong"), document=document, since=SINCE)


def test_comparing_asks_a_fixed_number_of_queries(
    old: Document, helin: Actor, max_queries: Callable[[int], object]
) -> None:
    document = imported_revision(helin, old)
    with max_queries(9):  # type: ignore[attr-defined]
        assert len(changes_of(document)) == 82


def test_a_plan_without_a_revision_has_no_changes(helin: Actor) -> None:
    assert changes_of(small(helin)) == []
