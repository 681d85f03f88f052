"""Reading the registers: subjects, entries, facts, lists for comparison, datasets. Open to all layers above."""

from guiyan.registers.models import Hat, Subject
from guiyan.registers.queries.comparing import Comparison, compare, current_lists
from guiyan.registers.queries.datasets import Dataset, ReturneeRegistration, dataset, returnee_registrations
from guiyan.registers.queries.entries import entry, entry_view, reveal, source_label, sources_of
from guiyan.registers.queries.facts import FactRow, facts_of, facts_with_sources
from guiyan.registers.queries.imports import import_by_id, imports_of
from guiyan.registers.queries.lists import EntryList, entry_list
from guiyan.registers.queries.searching import MOST as MOST_FOUND
from guiyan.registers.queries.searching import search
from guiyan.registers.queries.subjects import (
    canonical,
    firms_of,
    hats_by_subject,
    hats_of,
    lock_canonical,
    people_of,
    same_as,
    self_subject_for,
    subject,
    subject_by_id_number,
    subject_by_key,
)

__all__ = [
    "MOST_FOUND",
    "Comparison",
    "Dataset",
    "EntryList",
    "FactRow",
    "Hat",
    "ReturneeRegistration",
    "Subject",
    "canonical",
    "compare",
    "current_lists",
    "dataset",
    "entry",
    "entry_list",
    "entry_view",
    "facts_of",
    "facts_with_sources",
    "firms_of",
    "hats_by_subject",
    "hats_of",
    "import_by_id",
    "imports_of",
    "lock_canonical",
    "people_of",
    "returnee_registrations",
    "reveal",
    "same_as",
    "search",
    "self_subject_for",
    "source_label",
    "sources_of",
    "subject",
    "subject_by_id_number",
    "subject_by_key",
]
