"""`guiyan bench parse [FOLDER…]`: how fast documents are read, and that the work grows no faster than the text.

Beside each figure stands the plain pass: the same bytes decoded and split at sentence ends by one regular
expression, in the same run. 1 if a bound is missed: the documents of the folders together, twice the text.
"""

from __future__ import annotations

import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from guiyan.cli.bench_texts import HOSTILE, plan_of
from guiyan.cli.parse import files_in
from guiyan.engine.documents import parse_file

TOGETHER = 1.0
GROWTH = 1.5
LARGE = 5_000_000
_ENDS = re.compile(r"[。！？；\n]")
OTHERS = {
    "screen": "guiyan.cli.bench_screen",
    "questions": "guiyan.cli.bench_questions",
    "match": "guiyan.cli.bench_match",
    "snapshot": "guiyan.cli.bench_snapshot",
    "import": "guiyan.cli.bench_import",
    "link": "guiyan.cli.bench_link",
    "pages": "guiyan.cli.bench_pages",
}
_USAGE = """用法：guiyan bench parse [FOLDER…]（文件夹里的文件一起读，应在 1 秒以内）
      guiyan bench screen（一个人对100项措施）
      guiyan bench questions（平均要问几个问题）
      guiyan bench match [--people N] [--measures M]（为多少人匹配多少条政策）
      guiyan bench snapshot（名录里所有人的事实写成文件，再试每项措施）
      guiyan bench import [--rows N] [--known N]（把文件导入已有多少人的名录）
      guiyan bench link [--left N] [--right N]（新名单比对已知人员）
      guiyan bench pages [--people N]（名录里有这么多人时打开各种页面）"""


def run(argv: list[str]) -> int:
    """0 within the bounds, 1 outside, 2 wrong usage."""
    if argv[:1] and argv[0] in OTHERS:
        return int(importlib.import_module(OTHERS[argv[0]]).run(argv[1:]))
    if argv[:1] != ["parse"]:
        print(_USAGE, file=sys.stderr)
        return 0 if argv in (["-h"], ["--help"]) else 2
    missed = _documents([Path(each) for each in argv[1:]]) + _large() + _hostile()
    print(f"bounds missed: {missed}")
    return 1 if missed else 0


def parse(content: bytes) -> None:
    parse_file("方案.txt", content)


def plain(content: bytes) -> None:
    _ENDS.split(content.decode("utf-8"))


def seconds(work: Callable[[bytes], None], content: bytes, times: int = 1) -> float:
    """Processor time, which others on the machine don't lengthen; the quickest of some runs."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        work(content)
        best = min(best, time.process_time() - began)
    return best


def _shown(name: str, content: bytes, took: float) -> str:
    size = len(content.decode("utf-8"))
    bare = max(seconds(plain, content, 3), 1e-9)
    return (
        f"{name:<28}{size:>10} chars  {took:7.3f} s  {size / took:>10.0f} chars/s  plain {size / bare:>12.0f} chars/s"
    )


def _documents(folders: list[Path]) -> int:
    paths = [path for path in files_in(folders) if path.suffix == ".txt"]
    if not paths:
        return 0
    contents = [path.read_bytes() for path in paths]
    took = [seconds(parse, content, 2) for content in contents]
    for path, content, each in zip(paths, contents, took, strict=True):
        print(_shown(path.stem, content, each))
    print(_shown(f"{len(paths)} documents together", b"\n".join(contents), sum(took)) + f"  bound {TOGETHER} s")
    return sum(took) > TOGETHER


def _large() -> int:
    """A plan of 5 MB beside one of a quarter: time for a character may grow by half at most."""
    sizes = (LARGE // 4, LARGE)
    texts = [plan_of(size).encode("utf-8") for size in sizes]
    took = [seconds(parse, text) for text in texts]
    for text, each in zip(texts, took, strict=True):
        print(_shown(f"made plan, {len(text) / 1e6:.2f} MB", text, each))
    return _growth("5 MB", took[1] / took[0] / (len(texts[1]) / len(texts[0])))


def _hostile() -> int:
    missed = 0
    for name, (piece, count) in HOSTILE.items():
        half, whole = (piece * (count // 2)).encode("utf-8"), (piece * count).encode("utf-8")
        before, took = seconds(parse, half, 2), seconds(parse, whole, 2)
        print(_shown(name, whole, took))
        missed += _growth(name, took / before / 2)
    return missed


def _growth(name: str, ratio: float) -> int:
    """Time for each character, of the larger text to the smaller one."""
    print(f"  {name}: a character of the larger text takes {ratio:.2f} times as long, bound {GROWTH}")
    return ratio > GROWTH
