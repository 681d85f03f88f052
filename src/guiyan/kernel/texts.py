"""Words that people type, as long as they may be."""

from __future__ import annotations

from guiyan.kernel.errors import Refused


def at_most(text: str, most: int, what: str) -> str:
    """The text without blanks around it. Refused, with both lengths, when it is longer than is kept."""
    words = text.strip()
    if len(words) > most:
        raise Refused(f"{what}最多{most}字，现在{len(words)}字，请写短些，详细的放在材料里。", "too-long")
    return words
