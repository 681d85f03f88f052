"""`bin/guiyan import` and `seed` as programs use them: one JSON object, an error file, a reason in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guiyan.cli import import_register, seed
from guiyan.kernel.errors import Refused
from guiyan.packs import Pack
from guiyan.registers.models import Subject
from tests.registers.factories import HEAD, csv_file, person_row

pytestmark = pytest.mark.usefixtures("scoped_db")


def test_import_prints_counts_and_writes_the_faults_to_a_file(
    pack: Pack, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIYAN_HOME", str(tmp_path))
    path = csv_file(tmp_path / "人员.csv", HEAD, [person_row(1), person_row(2, 手机号="1541234567")])
    assert import_register.run(["--city", "xianning", "--register", "person", str(path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows_read"], told["created"], told["refused"], told["dry_run"]) == (2, 1, 1, False)
    lines = Path(told["error_file"]).read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["行号,列,错在哪里,应该怎样", "3,手机号,少了1位,应为11位"]


def test_a_trial_says_so_and_has_no_error_file_when_nothing_is_wrong(
    pack: Pack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)])
    assert import_register.run(["--register", "person", "--dry-run", str(path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["created"], told["dry_run"], told["error_file"]) == (1, True, None)
    assert not Subject.objects.filter(display_name="示例1").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--register", "person", "missing.csv"], "没有文件"),
        (["--city", "elsewhere", "--register", "person", __file__], "不是“elsewhere”"),
        (["--register", "nothing", __file__], "没有名录“nothing”"),
        (["--list", "nothing", __file__], "没有名单“nothing”"),
    ],
)
def test_what_can_not_be_done_is_refused_in_words(pack: Pack, arguments: list[str], words: str) -> None:
    with pytest.raises(Exception, match=words) as caught:
        import_register.run(arguments)
    assert caught.type.__module__ == "guiyan.kernel.errors"


def test_seed_prints_what_it_filled_in(pack: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    assert seed.run(["--people", "40", "--seed", "1", "--until", "2026-06-08"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["people"], told["until"]) == (40, "2026-06-08")
    assert Subject.objects.filter(kind="person").count() >= 40


def test_invented_people_are_not_put_among_real_ones(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pack.model_copy(update={"city": pack.city.model_copy(update={"sample": False})})
    monkeypatch.setattr("guiyan.kernel.releases.current", lambda: real)
    with pytest.raises(Refused, match="不能填入示例人员"):
        seed.run(["--people", "1"])
