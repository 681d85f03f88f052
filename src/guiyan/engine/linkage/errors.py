"""What is wrong with a file of people or with a settings file, in words that name the file, the column and the row."""

from __future__ import annotations


class LinkageError(ValueError):
    """A refusal: nothing was written."""
