"""`guiyan parse FILE|FOLDER…`: documents read into JSON, or scored against gold. Needs no database.

One file is printed as one JSON object; several are printed one a line, or written to `--out`. Progress goes to
standard error. `--score GOLD` compares with annotated answers instead, by the evaluation's own `--scorer`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from guiyan.engine.documents import SUFFIXES, DocumentRefused, ParsedDocument, document_as_json, parse_file

_USAGE = "用法：guiyan parse FILE|FOLDER…（.txt .docx .pdf .html 或 .xlsx）"


def run(argv: list[str]) -> int:
    """0 done, 1 refused or unreadable (each reason on standard error), 2 wrong usage."""
    options = _options().parse_args(argv)
    if not options.paths or (options.score is None) != (options.scorer is None):
        print(_USAGE if not options.paths else "--score 和 --scorer 要一起给。", file=sys.stderr)
        return 2
    if options.score is not None:
        from guiyan.cli.parse_score import score_folders

        return score_folders(options.score, options.paths, options.scorer, verbose=options.verbose)
    if len(options.paths) == 1 and not options.paths[0].is_dir() and options.out is None:
        return _print_one(options.paths[0])
    return _read_many(files_in(options.paths), options.out)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guiyan parse", usage=_USAGE[3:], description="读取政策文件，输出 JSON")
    parser.add_argument("paths", nargs="*", type=Path, help="文件，或装着文件的文件夹")
    parser.add_argument("--out", type=Path, help="每份文件的结果写到这个文件夹")
    parser.add_argument("--score", type=Path, metavar="GOLD", help="与标注结果的文件夹比较，打印各项得分")
    parser.add_argument("--scorer", type=Path, metavar="SCORE.PY", help="评分程序，与 --score 一起用")
    parser.add_argument("--verbose", action="store_true", help="与 --score 一起用：逐条打印不同之处")
    return parser


def files_in(paths: list[Path]) -> list[Path]:
    """The files named, and those of a kind that is read in the folders named, in order."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [each for each in inside if not path.is_dir() or (each.is_file() and _is_read(each))]
    return found


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def _print_one(path: Path) -> int:
    document = _read(path)
    if isinstance(document, str):
        print(document, file=sys.stderr)
        return 1
    sys.stdout.write(json.dumps(document_as_json(document), ensure_ascii=False, indent=2) + "\n")
    return 0


def _read(path: Path) -> ParsedDocument | str:
    """The document, or why there is none."""
    try:
        return parse_file(path.name, path.read_bytes())
    except OSError as error:
        return f"无法读取文件 {path}：{error.strerror}。请检查路径和权限。"
    except DocumentRefused as refusal:
        return refusal.reason


def _read_many(paths: list[Path], out: Path | None) -> int:
    if not paths:
        print("没有找到能读的文件（.txt .docx .pdf .html .xlsx）。", file=sys.stderr)
        return 1
    refused = 0
    for number, (path, name) in enumerate(zip(paths, _names(paths), strict=True), 1):
        document = _read(path)
        refused += isinstance(document, str)
        print(f"[{number}/{len(paths)}] {path.name}：{_told(document)}", file=sys.stderr, flush=True)
        if isinstance(document, ParsedDocument):
            _write(document, out, name)
    print(f"读取{len(paths) - refused}份，未读{refused}份。", file=sys.stderr)
    return 1 if refused else 0


def _told(document: ParsedDocument | str) -> str:
    if isinstance(document, str):
        return document
    return f"任务{len(document.tasks)}，指标{len(document.indicators)}，政策{len(document.measures)}"


def _names(paths: list[Path]) -> Iterator[str]:
    """A name for each result: the file's own without its ending, with it where two would be the same."""
    stems = [path.stem for path in paths]
    seen: dict[str, int] = {}
    for path in paths:
        name = path.stem if stems.count(path.stem) == 1 else path.name
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _write(document: ParsedDocument, out: Path | None, name: str) -> None:
    if out is None:
        sys.stdout.write(json.dumps(document_as_json(document), ensure_ascii=False) + "\n")
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(
        json.dumps(document_as_json(document), ensure_ascii=False, indent=2) + "\n", "utf-8"
    )
