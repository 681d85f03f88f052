"""`guiyan parse`: JSON for programs, plain words for people, scores by one command; `guiyan bench parse`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guiyan.cli import bench
from guiyan.cli.bench_texts import plan_of
from guiyan.cli.parse import run
from guiyan.engine.documents import parse_file
from tests.engine.documents.real_documents import EVALUATION, SHARED


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


def test_a_folder_is_read_file_by_file_with_progress(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text("一、做好服务。(责任单位:市人社局)", "utf-8")
    (tmp_path / "乙.html").write_text("<html><body><p>一、办好大赛。（责任单位：市科技局）</p></body></html>", "utf-8")
    (tmp_path / "丙.docx").write_bytes(b"")
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    assert run([str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert "[3/3]" in told and "0 字节" in told and "读取2份，未读1份" in told
    written = {path.stem: json.loads(path.read_text("utf-8")) for path in (tmp_path / "out").iterdir()}
    assert written["乙"]["tasks"][0]["responsible_units"] == ["市科技局"]
    assert set(written) == {"甲", "乙"}


def test_several_files_are_printed_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("一、做好服务。(责任单位:市人社局)", "utf-8")
    assert run([str(tmp_path)]) == 0
    assert [json.loads(line)["source_file"] for line in capsys.readouterr().out.splitlines()] == ["乙.txt", "甲.txt"]


def test_the_eight_documents_are_scored_by_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    folders = [str(SHARED / "policy-documents"), str(EVALUATION / "docs")]
    assert run(["--score", str(EVALUATION / "gold"), *folders, "--scorer", str(EVALUATION / "score.py")]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("8 documents")
    assert printed.count("F1") >= 6
    assert "accepted beforehand (confidence 0.9 and above)" in printed


def test_gold_without_its_document_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "某方案.json").write_text("{}", "utf-8")
    scorer = str(EVALUATION / "score.py")
    assert run(["--score", str(tmp_path), str(tmp_path), "--scorer", scorer]) == 1
    assert "某方案" in capsys.readouterr().err
    assert run(["--score", str(tmp_path), str(tmp_path)]) == 2


def test_the_bench_reads_what_it_makes_and_asks_for_its_subject(capsys: pytest.CaptureFixture[str]) -> None:
    document = parse_file("方案.txt", plan_of(40_000).encode())
    assert len(document.tasks) > 60 and len(document.indicators) > 200 and len(document.measures) > 120
    assert bench.run([]) == 2
    assert "bench parse" in capsys.readouterr().err
