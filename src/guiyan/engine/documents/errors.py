"""Why a document is not read: one exception, a code for programs and a sentence for people."""

from __future__ import annotations

from typing import Literal

RefusalCode = Literal["empty", "not-a-document", "secret", "internal", "too-large", "encrypted", "macro", "scanned"]


class DocumentRefused(Exception):
    """The file is not read. `reason` is plain Chinese and says what to do about it."""

    def __init__(self, code: RefusalCode, reason: str) -> None:
        super().__init__(reason)
        self.code: RefusalCode = code
        self.reason = reason
