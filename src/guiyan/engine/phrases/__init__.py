"""Phrases: words of documents and the facts they speak of, declared by a pack and looked up at a place of a sentence.

phrase    what is declared, and its small notation          lexicon   all of a pack's, laid out for looking up
bounds, days  the grammar of numbers, comparators and 含   values    what stands in a phrase's slot, as a comparison
"""

from guiyan.engine.phrases.lexicon import Found, Lexicon
from guiyan.engine.phrases.phrase import Phrase, phrase_fault

__all__ = ["Found", "Lexicon", "Phrase", "phrase_fault"]
