"""A real document becomes a plan: read, confirmed, published, with its units and its 口径."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Document
from tests.plans.factories import REAL, confirm_all, imported_plan


@pytest.fixture
def document(scoped_db: object, actor: Callable[[str], Actor]) -> Document:
    return imported_plan(actor("helin"))


def test_the_real_plan_is_known_by_its_pack_and_read_whole(document: Document) -> None:
    assert document.doc_id == "xianning-2025-homecoming"
    assert str(document.issued_on) == "2025-06-09"
    assert document.doc_number == ""
    progress = queries.progress_of(document)
    assert progress.by_kind["task"] == (0, 36)
    assert progress.done == 0


def test_every_unit_of_the_real_plan_is_recognised(document: Document) -> None:
    assert [m.name for m in document.mentions.all() if m.is_unknown] == []
    everyone = document.mentions.get(name="各县市区人民政府")
    assert everyone.is_collective
    assert len(everyone.unit_codes) == 6


def test_every_reading_stands_in_the_text_where_it_says(document: Document) -> None:
    for item in document.items.all():
        assert 0 <= item.start < item.end <= len(document.text)


def test_the_subsidy_is_matched_with_its_declared_rule(document: Document) -> None:
    (item,) = document.items.filter(kind="measure", links_to="startup-subsidy")
    assert item.payload["amount_max"] == "5000"
    assert "初次办理注册登记" in document.text[item.start : item.end]


def test_publishing_waits_until_everything_is_decided(document: Document, actor: Callable[[str], Actor]) -> None:
    helin = actor("helin")
    first = document.items.first()
    assert first is not None
    actions.decide_item(helin, item=first, decision="confirmed", version=0)
    with pytest.raises(Refused, match="还有条目没有确认"):
        actions.publish_document(helin, document=document)


def test_published_tasks_reach_each_county_and_indicators_carry_their_definition(
    document: Document, actor: Callable[[str], Actor]
) -> None:
    helin = actor("helin")
    confirm_all(helin, document)
    published = actions.publish_document(helin, document=document)
    assert published.state == "in_force"
    assert published.tasks.count() == 36
    task = published.tasks.get(title="建立外出务工人员清单")
    assert task.units.filter(role="responsible", written_as="各县市区人民政府").count() == 6
    founders = published.indicators.get(target=10000)
    assert founders.definition
    assert founders.is_computed


def test_a_second_window_with_an_old_view_is_told_and_changes_nothing(
    document: Document, actor: Callable[[str], Actor]
) -> None:
    helin = actor("helin")
    item = document.items.filter(kind="task").first()
    assert item is not None
    actions.decide_item(helin, item=item, decision="confirmed", version=0)
    with pytest.raises(Refused, match="另一个窗口"):
        actions.decide_item(helin, item=item, decision="dropped", version=0)
    item.refresh_from_db()
    assert item.decision == "confirmed"


def test_a_correction_is_kept_beside_the_reading_and_its_new_unit_asked_about(
    document: Document, actor: Callable[[str], Actor]
) -> None:
    item = document.items.filter(kind="task").first()
    assert item is not None
    units = [*item.payload["responsible_units"], "市火星局"]
    done = actions.decide_item(
        actor("helin"), item=item, decision="confirmed", version=0, corrected={"responsible_units": units}
    )
    assert done.values["responsible_units"] == units
    assert "市火星局" not in done.payload["responsible_units"]
    assert document.mentions.get(name="市火星局").is_unknown


def test_the_same_file_again_leads_to_the_first(document: Document, actor: Callable[[str], Actor]) -> None:
    with pytest.raises(Refused, match="已经导入过"):
        actions.import_document(actor("helin"), name="again.txt", content=REAL.read_bytes())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.txt", b"", "空"),
        ("plan.docx", b"no zip at all", "docx|Word"),
        ("plan.txt", "机密\n关于某项工作的通知\n一、任务。做好工作。(责任单位:市人社局)".encode(), "机密|秘密"),
        ("plan.txt", "内部资料 注意保存\n关于某项工作的通知\n一、任务。做好工作。".encode(), "内部"),
    ],
)
def test_what_may_not_come_in_is_refused_in_words(
    scoped_db: object, actor: Callable[[str], Actor], name: str, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        actions.import_document(actor("helin"), name=name, content=content)
    assert Document.objects.count() == 0


def test_only_the_policy_officer_imports(scoped_db: object, actor: Callable[[str], Actor]) -> None:
    with pytest.raises(NotAllowed):
        actions.import_document(actor("zhoumin"), name=REAL.name, content=REAL.read_bytes())
