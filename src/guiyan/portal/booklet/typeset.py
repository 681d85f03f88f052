"""The booklet as PDF, set by Typst. The texts go in as data, so that no word of a document is read as markup."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

import segno
import typst

from guiyan.kernel.printing import FONTS
from guiyan.portal.booklet.contents import Booklet

HERE = Path(__file__).parent


def as_pdf(booklet: Booklet) -> bytes:
    """A4, tagged, about half a second. Fonts of the system where it has them, else the ones kept with the code."""
    content = {**dataclasses.asdict(booklet), "for_whom": booklet.for_whom, "qr": qr(booklet.address)}
    for entry in content["entries"]:
        entry["qr"] = qr(entry["address"])
    made = typst.compile(
        HERE / "booklet.typ",
        root=HERE,
        font_paths=[FONTS],
        sys_inputs={"booklet": json.dumps(content, ensure_ascii=False)},
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made


def qr(address: str) -> str:
    """The code as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=2, dark="#18212f")
    return out.getvalue().decode()
