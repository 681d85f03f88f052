"""Rules: conditions over declared facts, three answers (yes, no, unknown), and the reason for each. No database.

parse / print_expr   text ↔ tree, exactly          sentence        tree → Chinese (benefit_sentence: what is given)
compile_measure      a measure made ready          screen          verdicts of one subject, with what is missing
evaluate             one expression by itself      next_question   the fact expected to settle most
groups_of            whom a measure is for, from its conditions
reckon               how one subject's amount comes about
"""

from guiyan.engine.rules.benefit_words import TierWords, benefit_sentence, less_words, tier_table
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.compiled import CompiledMeasure, Reason
from guiyan.engine.rules.errors import FactError, PlacedRuleError, RuleError
from guiyan.engine.rules.expression import evaluate, facts_in
from guiyan.engine.rules.groups import groups_of, regions_of
from guiyan.engine.rules.measure import compile_measure
from guiyan.engine.rules.model import Clause, Fact, Measure
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.printing import print_expr
from guiyan.engine.rules.questions import next_question
from guiyan.engine.rules.reckoning import Reckoning, reckon
from guiyan.engine.rules.screen import ScreenResult, screen
from guiyan.engine.rules.sentence import sentence

__all__ = [
    "Catalogue",
    "Clause",
    "CompiledMeasure",
    "Fact",
    "FactError",
    "Measure",
    "PlacedRuleError",
    "Reason",
    "Reckoning",
    "RuleError",
    "ScreenResult",
    "TierWords",
    "benefit_sentence",
    "compile_measure",
    "evaluate",
    "facts_in",
    "groups_of",
    "less_words",
    "next_question",
    "parse",
    "print_expr",
    "reckon",
    "regions_of",
    "screen",
    "sentence",
    "tier_table",
]
