"""The dispatcher: commands are found, refusals become words and a status, and quick ones stay quick."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from guiyan.cli import main as dispatcher
from guiyan.kernel.errors import Refused


def test_help_lists_every_command_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["help"]) == 0
    shown = capsys.readouterr().out
    for name, command in dispatcher.COMMANDS.items():
        assert name in shown
        assert command.words in shown


def test_every_command_in_the_table_is_a_module_with_run() -> None:
    for command in dispatcher.COMMANDS.values():
        assert callable(importlib.import_module(command.module).run)


def test_an_unknown_command_is_wrong_usage_and_the_nearest_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["migrat"]) == 2
    assert "是不是 migrate" in capsys.readouterr().err


def test_a_refusal_goes_to_standard_error_with_status_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(argv: list[str]) -> int:
        raise Refused("这里不行。")

    monkeypatch.setattr("guiyan.cli.db.run", refuse)
    assert dispatcher.main(["db"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "这里不行。\n")


def test_wrong_options_are_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        dispatcher.main(["db", "nonsense"])
    assert ended.value.code == 2


@pytest.mark.parametrize("name", sorted(n for n, c in dispatcher.COMMANDS.items() if c.needs == "nothing"))
def test_commands_that_need_no_database_start_without_django(name: str) -> None:
    program = f"import sys, {dispatcher.COMMANDS[name].module}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_reader_that_leaves_early_ends_the_command_quietly() -> None:
    command = [sys.executable, "-m", "guiyan.cli.main", "help"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()
