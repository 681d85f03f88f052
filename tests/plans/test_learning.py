"""What an officer corrects is used at the next import: names of units and phrases, never against the city's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.engine.rules import print_expr
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.plans import actions
from guiyan.plans.drafts import Draft, draft_of
from guiyan.plans.learnt import name_conflicts, phrase_conflicts
from guiyan.plans.meanings import meanings
from guiyan.plans.models import Document, LearntName, LearntPhrase, ReviewItem

ActorNamed = Callable[[str], Actor]


def plan(condition: str, unit: str = "市火星局") -> bytes:
    return (
        "示例市返乡创业工作方案\n一、重点任务\n"
        f"1.做好创业扶持。对{condition}的返乡人员，给予3000元一次性创业补贴。（责任单位：{unit}）\n"
    ).encode()


def imported(officer: Actor, name: str, content: bytes) -> tuple[Document, ReviewItem]:
    document = actions.import_document(officer, name=name, content=content)
    return document, document.items.get(kind="measure")


def lines(draft: Draft) -> list[str]:
    return [
        f"{term.words} => {print_expr(term.tree)}" if term.tree is not None else f"{term.words} ? {term.why}"
        for term in draft.rule.terms
    ]


@pytest.fixture
def officer(scoped_db: object, actor: ActorNamed) -> Actor:
    return actor("helin")


def test_a_unit_chosen_for_a_name_is_recognised_at_the_next_import(officer: Actor) -> None:
    first, _ = imported(officer, "一.txt", plan("首次创业"))
    mention = first.mentions.get(name="市火星局")
    assert mention.is_unknown
    actions.resolve_mention(officer, mention=mention, unit_codes=["4212-finance"])
    kept = LearntName.objects.get(name="市火星局", undone_at=None)
    assert (kept.unit_codes, kept.document_id, kept.learnt_by) == (["4212-finance"], first.id, officer.user_id)
    second, _ = imported(officer, "二.txt", plan("首次创办企业"))
    again = second.mentions.get(name="市火星局")
    assert (again.unit_codes, again.learnt_id, again.decided_by) == (["4212-finance"], kept.pk, None)


def test_a_name_outside_the_city_is_remembered_as_such(officer: Actor) -> None:
    first, _ = imported(officer, "一.txt", plan("首次创业"))
    actions.resolve_mention(officer, mention=first.mentions.get(), unit_codes=[], is_outside=True)
    second, _ = imported(officer, "二.txt", plan("首次创办企业"))
    again = second.mentions.get(name="市火星局")
    assert again.is_outside and not again.is_unknown


def test_what_was_learnt_never_overrides_the_citys_own_units(officer: Actor) -> None:
    first, _ = imported(officer, "一.txt", plan("首次创业", unit="市财政局"))
    mention = first.mentions.get(name="市财政局")
    actions.resolve_mention(officer, mention=mention, unit_codes=["4212-human-resources"])
    second, _ = imported(officer, "二.txt", plan("首次创办企业", unit="市财政局"))
    assert second.mentions.get(name="市财政局").unit_codes == ["4212-finance"]
    kept = LearntName.objects.get(name="市财政局")
    conflict = name_conflicts(releases.current(), [kept], second.imported_at.date())[kept.pk]
    assert not conflict.same and "财政局" in conflict.words


def test_choosing_what_the_city_says_itself_takes_the_learnt_one_back(officer: Actor) -> None:
    first, _ = imported(officer, "一.txt", plan("首次创业", unit="市财政局"))
    mention = first.mentions.get(name="市财政局")
    actions.resolve_mention(officer, mention=mention, unit_codes=["4212-human-resources"])
    actions.resolve_mention(officer, mention=mention, unit_codes=["4212-finance"])
    assert not LearntName.objects.filter(name="市财政局", undone_at=None).exists()


def test_a_fact_chosen_for_open_words_is_drafted_at_once_and_at_the_next_import(officer: Actor) -> None:
    pack = releases.current()
    first, item = imported(officer, "一.txt", plan("持有省级非遗传承人证书"))
    assert lines(draft_of(pack, first, item))[0] == "持有省级非遗传承人证书 ? unknown"
    actions.learn_phrase(officer, item=item, words="持有省级非遗传承人证书", meaning="信用良好")
    kept = LearntPhrase.objects.get()
    assert (kept.rule, kept.kind, kept.document_id, kept.region) == ("credit_ok", "person", first.id, first.region)
    assert lines(draft_of(pack, first, item))[0] == "持有省级非遗传承人证书 => credit_ok"
    second, later = imported(officer, "二.txt", plan("首次创业且持有省级非遗传承人证书"))
    draft = draft_of(pack, second, later)
    assert "持有省级非遗传承人证书 => credit_ok" in lines(draft)
    assert [term.learnt for term in draft.rule.drafted] == [False, True, False]


def test_a_number_in_taught_words_is_read_anew_each_time(officer: Actor) -> None:
    pack = releases.current()
    _, item = imported(officer, "一.txt", plan("稳定安置不少于3名务工人员"))
    words = "稳定安置不少于3名务工人员"
    actions.learn_phrase(officer, item=item, words=words, meaning="带动就业人数（不含创办人）：按原文的数")
    assert LearntPhrase.objects.get().wording == "稳定安置{}务工人员"
    second, later = imported(officer, "二.txt", plan("稳定安置不少于10名务工人员"))
    found = lines(draft_of(pack, second, later))
    assert found[0] == "稳定安置不少于10名务工人员 => jobs_led_excluding_founder >= 10"


@pytest.mark.parametrize(
    ("condition", "words", "meaning", "reason"),
    [
        ("符合条件", "符合条件", "信用良好", "不能只靠对应事实"),
        ("获得省级奖项", "获得市级奖项", "信用良好", "已经不在待判断的条件里"),
        ("获得省级奖项", "获得省级奖项", "长得好看", "没有“长得好看”这个说法"),
        ("获得省级奖项", "获得省级奖项", "", "请选一个事实"),
        ("获得省级奖项", "获得省级奖项", "年龄：按原文的数", "没有以“周岁”“岁”计的数"),
        ("安置3名残疾亲属", "安置3名残疾亲属", "带动就业人数（含创办人）：按原文的数", "没有写以上、以下"),
        ("安置3名以上亲属", "安置3名以上亲属", "带动就业人数（含创办人）：不少于原文的数", "已写明以上、以下"),
        ("店铺开满1年以内", "店铺开满1年以内", "经营月数：按原文的数", "没有以"),
        ("店铺开了1年以内", "店铺开了1年以内", "经营月数：按原文的数", "按整期计"),
    ],
)
def test_what_cannot_be_taught_is_refused_in_words(
    officer: Actor, condition: str, words: str, meaning: str, reason: str
) -> None:
    _, item = imported(officer, "一.txt", plan(condition))
    with pytest.raises(Refused, match=reason):
        actions.learn_phrase(officer, item=item, words=words, meaning=meaning)
    assert not LearntPhrase.objects.exists()


def test_taught_again_after_undoing_the_new_meaning_counts(officer: Actor) -> None:
    _, item = imported(officer, "一.txt", plan("持有省级非遗传承人证书"))
    actions.learn_phrase(officer, item=item, words="持有省级非遗传承人证书", meaning="信用良好")
    actions.forget(officer, learnt=LearntPhrase.objects.get())
    actions.learn_phrase(officer, item=item, words="持有省级非遗传承人证书", meaning="是退役军人")
    (kept,) = LearntPhrase.objects.filter(undone_at=None)
    assert kept.rule == "is_veteran"


def test_undone_it_is_not_asked_again_and_the_row_stays(officer: Actor) -> None:
    pack = releases.current()
    _, item = imported(officer, "一.txt", plan("持有省级非遗传承人证书"))
    kept = actions.learn_phrase(officer, item=item, words="持有省级非遗传承人证书", meaning="信用良好")
    actions.forget(officer, learnt=kept)
    second, later = imported(officer, "二.txt", plan("持有省级非遗传承人证书且首次创业"))
    assert "is_veteran" not in "".join(lines(draft_of(pack, second, later)))
    assert all(term.learnt is False for term in draft_of(pack, second, later).rule.terms)
    kept.refresh_from_db()
    assert kept.undone_at is not None and kept.undone_by == officer.user_id
    with pytest.raises(Refused, match="已经撤销过"):
        actions.forget(officer, learnt=kept)
    done = list(
        AuditEntry.objects.filter(action__in=("document.learn", "document.forget")).values_list("action", flat=True)
    )
    assert sorted(done) == ["document.forget", "document.learn"]


def test_words_that_the_pack_knows_keep_its_meaning(officer: Actor) -> None:
    """A learnt phrase for the pack's own words is shown as a conflict and drafts nothing."""
    pack = releases.current()
    document, item = imported(officer, "一.txt", plan("首次创业"))
    kept = LearntPhrase.objects.create(
        document=document,
        learnt_at=document.imported_at,
        region=document.region,
        unit_id=document.unit_id,
        wording="首次创业",
        kind="person",
        rule="is_veteran",
        meaning="是退役军人",
    )
    assert "首次创业 => business_registrations = 1" in lines(draft_of(pack, document, item))
    assert not phrase_conflicts(pack, [kept])[kept.pk].same


def test_a_learnt_phrase_whose_fact_is_gone_drafts_nothing(officer: Actor) -> None:
    pack = releases.current()
    document, item = imported(officer, "一.txt", plan("获得省级奖项"))
    kept = LearntPhrase.objects.create(
        document=document,
        learnt_at=document.imported_at,
        region=document.region,
        unit_id=document.unit_id,
        wording="获得省级奖项",
        rule="is_prize_winner",
        meaning="获过奖",
    )
    assert "获得省级奖项 ? unknown" in lines(draft_of(pack, document, item))
    assert "已没有这个事实" in phrase_conflicts(pack, [kept])[kept.pk].words


def test_only_who_reviews_documents_teaches_and_undoes(officer: Actor, actor: ActorNamed) -> None:
    _, item = imported(officer, "一.txt", plan("获得省级奖项"))
    with pytest.raises((NotAllowed, NotFound)):
        actions.learn_phrase(actor("zhoumin"), item=item, words="获得省级奖项", meaning="信用良好")
    kept = actions.learn_phrase(officer, item=item, words="获得省级奖项", meaning="信用良好")
    with pytest.raises((NotAllowed, NotFound)):
        actions.forget(actor("zhoumin"), learnt=kept)


def test_no_statement_about_facts_stands_twice(officer: Actor) -> None:
    pack = releases.current()
    for kind in ("person", "organisation", "project", None):
        words = [one.words for one in meanings(pack, kind)]
        assert len(words) == len(set(words))


def test_the_export_is_taken_by_the_pack(officer: Actor, tmp_path: Path) -> None:
    from guiyan.desk.documents.learnt_export import as_yaml
    from guiyan.packs import load_pack
    from tests.packs.folders import copied

    first, item = imported(officer, "一.txt", plan("稳定安置不少于3名务工人员"))
    actions.resolve_mention(officer, mention=first.mentions.get(), unit_codes=["4212-finance"])
    words = "稳定安置不少于3名务工人员"
    actions.learn_phrase(officer, item=item, words=words, meaning="带动就业人数（不含创办人）：按原文的数")
    text = as_yaml(releases.current(), LearntName.objects.all(), LearntPhrase.objects.all(), first.imported_at.date())
    assert "4212-finance:\n    aliases:\n    - 市火星局" in text
    folder = copied(tmp_path)
    with (folder / "phrases.yaml").open("a", encoding="utf-8") as file:
        file.write(text.partition("# phrases.yaml")[2].partition("\n")[2])
    taught = [one for one in load_pack(folder).phrases.values() if one.id.startswith("learnt-")]
    assert [(one.fact, one.kind, one.words) for one in taught] == [
        ("jobs_led_excluding_founder", "person", ("稳定安置{}务工人员",))
    ]
