"""A value somebody typed that can't be taken: what is wrong with it, and what would be right."""

from __future__ import annotations


class WrongValue(ValueError):
    """Both halves are for the person who typed the value; neither repeats a personal number."""

    def __init__(self, wrong: str, right: str) -> None:
        self.wrong, self.right = wrong, right
        super().__init__(f"{wrong}，{right}")
