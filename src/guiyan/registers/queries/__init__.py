"""Reading the registers: subjects, entries, facts, lists for comparison, datasets. Open to all layers above."""

from guiyan.registers.models import Hat, Subject
from guiyan.registers.queries.comparing import Comparison, compare, current_lists
from guiyan.registers.queries.datasets import Dataset, ReturneeRegistration, dataset, returnee_registrations
from guiyan.registers.queries.dossiers import Conflict, Known, conflicts_of, known_person
from guiyan.registers.queries.entries import entry, entry_view, reveal, source_label, sources_of
from guiyan.registers.queries.facts import FactRow, facts_of, facts_with_sources
from guiyan.registers.queries.imports import import_by_id, imports_of
from guiyan.registers.queries.lists import EntryList, entry_list
from guiyan.registers.queries.relations import (
    PastHelper,
    PlaceCount,
    Standing,
    Unserved,
    account_of_helper,
    choosable,
    count_unserved,
    helper_history,
    helpers_there,
    people_served,
    run_by_id,
    runs_of,
    standing_of,
    unserved_by_town,
    unserved_people,
)
from guiyan.registers.queries.searching import MOST as MOST_FOUND
from guiyan.registers.queries.searching import search
from guiyan.registers.queries.subjects import (
    canonical,
    firms_of,
    hats_by_subject,
    hats_of,
    lock_canonical,
    names_of_subjects,
    people_of,
    same_as,
    self_subject_for,
    subject,
    subject_by_id_number,
    subject_by_key,
)
from guiyan.registers.relations.helpers import Helper, relation_of
from guiyan.registers.relations.proposing import Proposal, propose_helpers

__all__ = [
    "MOST_FOUND",
    "Comparison",
    "Conflict",
    "Dataset",
    "EntryList",
    "FactRow",
    "Hat",
    "Helper",
    "Known",
    "PastHelper",
    "PlaceCount",
    "Proposal",
    "ReturneeRegistration",
    "Standing",
    "Subject",
    "Unserved",
    "account_of_helper",
    "canonical",
    "choosable",
    "compare",
    "conflicts_of",
    "count_unserved",
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
    "helper_history",
    "helpers_there",
    "import_by_id",
    "imports_of",
    "known_person",
    "lock_canonical",
    "names_of_subjects",
    "people_of",
    "people_served",
    "propose_helpers",
    "relation_of",
    "returnee_registrations",
    "reveal",
    "run_by_id",
    "runs_of",
    "same_as",
    "search",
    "self_subject_for",
    "source_label",
    "sources_of",
    "standing_of",
    "subject",
    "subject_by_id_number",
    "subject_by_key",
    "unserved_by_town",
    "unserved_people",
]
