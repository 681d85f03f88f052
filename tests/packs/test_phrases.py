"""Phrases of a pack: loaded with the base ones, checked with file and line, kept in the release."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiyan.engine.phrases.phrase import wordings
from guiyan.packs import Pack

from .folders import copied, edit, problems

OWN = "phrases.yaml"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("返乡人员", ["返乡人员"]),
        ("[依法]缴纳<社会保险|社保>[费]", ["缴纳社会保险", "缴纳社会保险费", "缴纳社保", "缴纳社保费"]),
        ("带动{}就业（含本人）", ["带动{}就业(含本人)"]),
        ("a[b[c]]", ["abc", "ab", "a"]),
    ],
)
def test_the_notation_gives_every_wording(words: str, meant: list[str]) -> None:
    assert set(meant) <= set(wordings(words))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("fact: jobs_led_excluding_founder", "fact: jobs_lead", "unknown fact `jobs_lead`. Did you mean jobs_led?"),
        ("units: {人: 1, 名: 1}", "unit: {人: 1}", "unknown key `unit`. Did you mean units?"),
        ("units: {人: 1, 名: 1}", "units: {人: one}", "a whole number is needed, not `one`"),
        ('"<带动|吸纳>就业[人数]{}"', '"<带动|吸纳>就业[人数]"', "{} must say where its value stands"),
        ('"<带动|吸纳>就业[人数]{}"', '"<带动|吸纳就业[人数]{}"', "`<` is not closed"),
        ('"<带动|吸纳>就业[人数]{}"', '"[带动]"', "may be nothing at all"),
        ("fact: recommended_by_incubator", "when: is_recommended", "unknown fact `is_recommended`"),
        (
            "[返乡创业孵化园推荐的创业项目]",
            "[返乡创业孵化园推荐的创业项目, 退役军人]",
            "`退役军人` already has a meaning, that of phrase `veteran`",
        ),
        ("recognised-park: {names: who", "recognised-park: {names: whose", "is needed, not `whose`"),
        ("jobs-led:", "veteran:", "phrase `veteran` is in the base catalogue already"),
    ],
)
def test_a_wrong_phrase_is_refused_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    folder = copied(tmp_path)
    edit(folder, OWN, old, new)
    found = problems(folder)
    assert any(OWN in one and reason in one for one in found), found


def test_the_same_words_may_mean_different_facts_of_different_subjects(xianning: Pack) -> None:
    of_firms, of_people = xianning.phrases["registered-day"], xianning.phrases["registered-day-of-founder"]
    assert "{}注册登记" in {wording for words in of_firms.words for wording in wordings(words)}
    assert "{}注册登记" in {wording for words in of_people.words for wording in wordings(words)}


def test_phrases_are_kept_in_the_release(xianning: Pack) -> None:
    assert Pack.from_content(xianning.content()).phrases == xianning.phrases
