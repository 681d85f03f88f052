"""`guiyan parse FILE`: JSON for programs, plain words for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guiyan.cli.parse import run


def test_a_document_is_printed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "方案.txt"
    file.write_text("一、做好服务。到2027年,新增创业主体500户。(责任单位:市人社局)", "utf-8")
    assert run([str(file)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["tasks"][0]["responsible_units"] == ["市人社局"]
    assert printed["indicators"][0]["value"] == 500
    assert printed["indicators"][0]["span"]
    assert printed["source_file"] == "方案.txt"


def test_a_refusal_says_why_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "空.docx"
    file.write_bytes(b"")
    assert run([str(file)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "0 字节" in shown.err


def test_a_missing_file_and_a_wrong_call_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(tmp_path / "没有.txt")]) == 1
    assert run([]) == 2
    assert "用法" in capsys.readouterr().err
