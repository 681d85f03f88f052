"""A paper as PDF, set by Typst. Fonts of the system where it has them, else the ones kept with the code."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import typst

from guiyan.kernel.printing.model import Paper

HERE = Path(__file__).parent


def as_pdf(paper: Paper) -> bytes:
    content = {**dataclasses.asdict(paper), "count": paper.count}
    compiled = typst.compile(
        HERE / "paper.typ",
        root=HERE,
        font_paths=[HERE / "fonts"],
        sys_inputs={"paper": json.dumps(content, ensure_ascii=False)},
        format="pdf",
    )
    assert isinstance(compiled, bytes)
    return compiled
