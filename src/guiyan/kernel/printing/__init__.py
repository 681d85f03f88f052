"""Plain papers to print and hand on: chapters of things with their facts and tables, the same as PDF and as Word."""

import hashlib
from functools import cache
from pathlib import Path

from guiyan.kernel.printing.model import Chapter, Paper, Table, Thing

FONTS = Path(__file__).parent / "fonts"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

__all__ = ["FONTS", "TYPES", "Chapter", "Paper", "Table", "Thing", "made", "setting"]


@cache
def setting() -> str:
    """Of the way papers are set: another one makes other files."""
    files = sorted([*FONTS.parent.glob("*.py"), *FONTS.parent.glob("*.typ")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def made(paper: Paper, kind: str) -> bytes:
    """kind: pdf or docx."""
    from guiyan.kernel.printing.pdf import as_pdf  # late: Typst and docx are loaded by those alone who print
    from guiyan.kernel.printing.word import as_word

    return as_pdf(paper) if kind == "pdf" else as_word(paper)
