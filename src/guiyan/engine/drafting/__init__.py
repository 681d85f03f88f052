"""Drafting: what a document demands for a benefit, as a rule in the rules' own language. A draft, never a verdict.

tokens       a phrase of a document cut into known words, joining words and words nobody knows
reading      tokens → terms: each a tree, or open with the reason why a human must decide
draft        a measure's beneficiary and conditions → the drafted rule
differences  the drafted rule beside a declared one, compared by trials at every boundary

Fail closed: words that are not wholly known, that may be read in two ways, or that ask a fact which the pack does not
have, stay open. Nothing is ever drafted from part of a phrase whose other part could turn its meaning.
"""

from guiyan.engine.drafting.differences import DeclaredPart, Difference, declared_parts, differences
from guiyan.engine.drafting.draft import Asked, draft_measure, draft_rule
from guiyan.engine.drafting.model import DraftRule, DraftTerm, Why

__all__ = [
    "Asked",
    "DeclaredPart",
    "Difference",
    "DraftRule",
    "DraftTerm",
    "Why",
    "declared_parts",
    "differences",
    "draft_measure",
    "draft_rule",
]
