"""What is wrong with a file of facts, a plan or an engine, in words that name the column, the row and the subject."""

from __future__ import annotations


class PopulationError(ValueError):
    """A refusal: nothing was written."""
