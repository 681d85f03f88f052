"""What the desk changed as files, and new files beside what the desk changed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cli.pack_desk import merged_with_desk, refuse_conflicts, write_files
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.checks import Finding
from guiyan.kernel.errors import Refused
from guiyan.kernel.releases import checks
from guiyan.kernel.releases.models import PackRelease
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import PackErrors, load_pack
from guiyan.policies import actions
from tests.fixtures import TestDatabase
from tests.packs.folders import XIANNING, copied, edit
from tests.policies import stage
from tests.prepared import clock_to

MEASURE = f"measures/{stage.SUBSIDY}.yaml"
AMOUNT = "amount_yuan: 5000"


@pytest.fixture
def morning(scoped_db: Scope, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


def applied(folder: Path, **said: list[str]) -> int:
    """As `bin/guiyan pack apply` puts it, without the tables of registers, which rules do not change."""
    merged = merged_with_desk(load_pack(folder), **said)
    refuse_conflicts(merged)
    return releases.apply(SYSTEM, merged.pack, edits=merged.edits)


def exported(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in write_files(folder, releases.desk_edits())]


@pytest.mark.usefixtures("morning")
def test_files_written_and_read_again_are_the_release_in_force(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    stage.approved(stage.raised())
    name = stage.approved(stage.new_measure()).measure_id
    assert exported(folder) == [
        f"examples/{name}.yaml",
        f"examples/{stage.SUBSIDY}.yaml",
        f"items/{name}.yaml",
        f"measures/{name}.yaml",
        MEASURE,
    ]
    again = load_pack(folder)
    assert again == releases.current() and again.digest == releases.current().digest
    assert exported(folder) == []
    applied(folder)
    assert not releases.desk_edits().texts and releases.current().digest == again.digest


@pytest.mark.usefixtures("morning")
def test_a_measure_on_a_document_that_the_pack_does_not_know_brings_the_link_to_it(tmp_path: Path) -> None:
    folder, link = copied(tmp_path), {"title": "示例方案", "short_title": "示例方案", "document": "shili-2026"}
    proposal = stage.new_measure(plan_link={**link, "document_title": "《示例方案》", "issued_on": "2026-06-01"})
    proposal.plan_link["issued_by"] = "咸宁市人民政府办公室"
    proposal = actions.save_rule(
        stage.helin(),
        proposal_id=proposal.pk,
        content={**proposal.content, "clause": {"document": "shili-2026", "plan": "示例方案", "section": "一"}},
        cases=proposal.cases,
        seen_version=proposal.version,
        plan_link=proposal.plan_link,
    )
    name = stage.approved(proposal).measure_id
    pack = releases.current()
    assert pack.clause_words(pack.measures[name].clause) == "《示例方案》一"
    assert f"plans/{name}.yaml" in exported(folder)
    assert load_pack(folder).digest == pack.digest
    again = actions.begin_rule(stage.helin(), measure_id=name)
    stage.approved(stage.saved(again, lambda content: (content["versions"].pop(), content.update(plain="示例"))))
    assert releases.current().plans[name].document == "shili-2026"
    assert merged_with_desk(load_pack(XIANNING)).pack.digest == releases.current().digest


@pytest.mark.usefixtures("morning")
def test_files_applied_again_leave_what_the_desk_changed() -> None:
    stage.approved(stage.raised())
    before = releases.current_id()
    assert applied(XIANNING) == before
    assert len(releases.current().measures[stage.SUBSIDY].versions) == 2


@pytest.mark.usefixtures("morning")
def test_each_side_keeps_what_only_it_changed(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    stage.approved(stage.raised())
    edit(folder, f"measures/{stage.GRADUATE}.yaml", "title: ", "title: 新的")
    applied(folder)
    pack = releases.current()
    assert pack.measures[stage.GRADUATE].title.startswith("新的")
    assert len(pack.measures[stage.SUBSIDY].versions) == 2
    assert releases.desk_edits().names == [stage.SUBSIDY]


@pytest.mark.usefixtures("morning")
def test_both_sides_changed_is_refused_with_both_texts_until_somebody_says(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    stage.approved(stage.raised())
    edit(folder, MEASURE, "title: 一次性创业补贴", "title: 创业补贴")
    with pytest.raises(Refused) as refused:
        applied(folder)
    said = str(refused.value)
    assert "title: 创业补贴" in said and "amount_yuan: 6000" in said and f"--keep {stage.SUBSIDY}" in said
    applied(folder, keep=[stage.SUBSIDY])
    kept = releases.current().measures[stage.SUBSIDY]
    assert kept.title == "一次性创业补贴" and len(kept.versions) == 2
    # What the files say now is the base of the next merge: the same files are no conflict any more.
    applied(folder)
    assert releases.current().measures[stage.SUBSIDY] == kept


@pytest.mark.usefixtures("morning")
def test_take_puts_the_files_back_in_force(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    stage.approved(stage.raised())
    edit(folder, MEASURE, "title: 一次性创业补贴", "title: 创业补贴")
    applied(folder, take=[stage.SUBSIDY])
    taken = releases.current().measures[stage.SUBSIDY]
    assert taken.title == "创业补贴" and len(taken.versions) == 1 and not releases.desk_edits().texts
    with pytest.raises(PackErrors, match="in no conflict"):
        applied(folder, keep=[stage.SUBSIDY])


@pytest.mark.usefixtures("morning")
def test_a_measure_that_files_drop_and_the_desk_changed_is_a_conflict(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    name = "counter-guarantee-waiver"
    proposal = stage.saved(stage.begun(name), lambda content: content.update(plain="不用再找人担保"))
    stage.approved(stage.saved(proposal, lambda content: content["versions"].pop()))
    for kind in ("measures", "examples"):
        (folder / kind / f"{name}.yaml").unlink()
    for path in (folder / "items").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"advice: {name}", "advice: ''"), encoding="utf-8")
    with pytest.raises(Refused, match="（没有）"):
        applied(folder)


@pytest.mark.usefixtures("morning")
def test_a_desk_change_that_no_longer_fits_the_new_files_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change = stage.saved(
        stage.begun(),
        lambda content: content["versions"][-1]["conditions"].update(
            late={"label": "毕业不久", "when": "on_day < five_years_after_graduation"}
        ),
        {**stage.CASE, "verdict": "unknown", "amount_yuan": "5000"},
    )
    stage.approved(change)
    edit(folder, "facts.yaml", "five_years_after_graduation:", "renamed_day:")
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("five_years_after_graduation", "renamed_day"), encoding="utf-8")
    with pytest.raises(PackErrors, match="unknown fact `five_years_after_graduation`"):
        applied(folder)


@pytest.mark.usefixtures("morning")
def test_a_file_that_somebody_edited_is_not_written_over(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    stage.approved(stage.raised())
    edit(folder, MEASURE, AMOUNT, "amount_yuan: 5500")
    with pytest.raises(Refused, match=stage.SUBSIDY):
        write_files(folder, releases.desk_edits())
    assert "5500" in (folder / MEASURE).read_text(encoding="utf-8")
    edit(folder, MEASURE, "amount_yuan: 5500", AMOUNT)
    edit(folder, MEASURE, "once_per: person", "once_per: person   # 注释不算改动")
    assert MEASURE in exported(folder)


@pytest.mark.usefixtures("morning")
def test_check_finds_a_release_that_does_not_say_what_the_desk_approved() -> None:
    stage.approved(stage.raised())
    assert list(checks.findings()) == []
    row = PackRelease.objects.latest("id")
    edits = {file: text.replace("6000", "9000") for file, text in row.edits.items()}
    PackRelease.objects.create(
        city=row.city, digest=row.digest, content=row.content, applied_at=row.applied_at, edits=edits
    )
    (found,) = [one for one in checks.findings() if one.code == "release_edits"]
    assert isinstance(found, Finding) and stage.SUBSIDY in found.message


def test_the_commands_export_plan_and_apply(committed_db: TestDatabase, tmp_path: Path) -> None:
    clock_to("2026-06-08 09:00")
    with entered(Scope.system()):
        stage.approved(stage.raised())
        digest = releases.current().digest
    folder = copied(tmp_path)
    status, _, error = guiyan(committed_db, "pack", "plan", str(folder))
    assert status == 0, error
    edit(folder, MEASURE, "title: 一次性创业补贴", "title: 创业补贴")
    status, _, error = guiyan(committed_db, "pack", "apply", str(folder))
    assert status == 1 and f"--take {stage.SUBSIDY}" in error
    edit(folder, MEASURE, "title: 创业补贴", "title: 一次性创业补贴")
    status, out, error = guiyan(committed_db, "pack", "export", "--to", str(folder))
    assert status == 0 and MEASURE in out, error
    status, out, error = guiyan(committed_db, "pack", "apply", str(folder))
    assert status == 0, error
    assert json.loads(out)["digest"] == digest


def guiyan(database: TestDatabase, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "guiyan.cli.main", *arguments]
    done = subprocess.run(command, env=database.environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr
