"""Random legal changes of measures, written as files and read again, are the pack that they made."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guiyan.cli.pack_desk import write_files
from guiyan.engine.rules.model import GoldenCase, Measure
from guiyan.packs import Pack, load_pack
from guiyan.packs.checks import check_pack
from guiyan.packs.merging import DeskEdits, merge
from guiyan.packs.parts import Part, part_in, with_part
from guiyan.packs.patterns import item_like
from guiyan.packs.reading import Faults
from guiyan.packs.writing import as_texts, cases_data, measure_data

from .folders import XIANNING

# Words as people type them, with what YAML gives a meaning of its own.
ODD = st.sampled_from(
    ["", " ", "no", "~", "null", "0421", "8:30", "- a", "a: b", "# x", "'", '"', "\n", "“引号”", "{", "&x"]
)
WORDS = st.lists(st.one_of(ODD, st.text("一次性补贴abc,:#-'\"\\ \n", max_size=6)), min_size=1, max_size=4).map("".join)
LABELS = WORDS.filter(lambda text: bool(text.strip()))
RULES = {
    "person": ["is_returnee", "NOT is_returnee", "degree >= 'bachelor'", "on_day < five_years_after_graduation"],
    "organisation": ["employees >= 3", "registered_on > '2020-01-01'", "on_day < three_years_after_registration"],
    "project": [],
}
CONDITIONS = st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), LABELS, max_size=4)
DAYS = st.dates().filter(lambda day: day.year >= 2027).map(str)


@st.composite
def changes(draw: st.DrawFn, pack: Pack) -> tuple[str, Part]:
    """(measure, as it shall be): an existing one with another version, or a new one after an item."""
    name = draw(st.sampled_from(sorted(pack.measures)))
    content = measure_data(pack.measures[name])
    content["title"], content["plain"] = draw(LABELS), draw(WORDS)
    content["open_conditions"] = draw(st.lists(WORDS, max_size=2))
    rules = RULES[content["for"]]
    conditions = {
        key: {"label": label, "when": draw(st.sampled_from(rules))} for key, label in draw(CONDITIONS).items() if rules
    }
    amount = draw(st.one_of(st.integers(1, 10**7).map(str), st.decimals("0.01", "9999.99", places=2).map(str)))
    benefit = {"kind": draw(st.sampled_from(["grant", "award"])), "amount_yuan": amount}
    version: dict[str, Any] = {"from": draw(DAYS), "conditions": conditions, "benefit": benefit}
    content["versions"].append(version)
    cases = [*cases_data(case for case in pack.examples if case.measure == name)]
    item = None
    if draw(st.booleans()) and content.get("item") and pack.items[content["item"]].measure == name:
        pattern = pack.items[content["item"]]
        name = f"new-{draw(st.from_regex(r'[a-z]{1,5}(-[a-z]{1,5})?', fullmatch=True))}"
        content["item"], content["versions"] = name, [version]
        cases = []
        item = item_like(pack, pattern, Measure.model_validate({**content, "id": name}))
    cases.append({"title": draw(LABELS), "on": "2026-01-01", "facts": {"is_returnee": True}, "verdict": "no"})
    if item is None:
        cases.pop()
    read = tuple(GoldenCase.model_validate({**each, "measure": name}) for each in as_texts(cases))  # type: ignore[attr-defined]
    return name, Part(Measure.model_validate({**content, "id": name}), read, item)


@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_written_and_read_again_is_the_same_pack(xianning: Pack, data: st.DataObject) -> None:
    pack, edits = xianning, DeskEdits()
    for _ in range(data.draw(st.integers(1, 3))):
        name, part = data.draw(changes(pack))
        made = edits.made(name) | ({"items"} if part.item is not None else set())
        changed = with_part(pack, name, part, made)
        faults = Faults()
        check_pack(changed, faults)
        if not faults.placed:
            edits = edits.with_change(name, part_in(pack, name, made), part_in(changed, name, made))
            pack = changed
    assume(edits.texts)
    with tempfile.TemporaryDirectory() as home:
        folder = shutil.copytree(XIANNING, Path(home) / "xianning")
        write_files(folder, edits)
        again = load_pack(folder)
    assert again == pack and again.digest == pack.digest
    applied = merge(again, pack, edits)
    assert not applied.edits.texts and applied.pack.digest == pack.digest and not applied.conflicts
    old_files = merge(xianning, pack, edits)
    assert old_files.pack.digest == pack.digest and old_files.edits == edits
