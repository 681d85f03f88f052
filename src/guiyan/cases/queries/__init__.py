"""Reading cases and batches, always within what the actor may see."""

from guiyan.cases.models import Batch, BatchLine, Case, CaseCheck, Mandate, Message, WrittenDecision
from guiyan.cases.queries.batches import (
    batch_by_id,
    batch_by_number,
    batch_offers,
    batch_steps,
    batches_for,
    lines_of,
    log_lines,
    ready_for_batch,
)
from guiyan.cases.queries.datasets import dataset
from guiyan.cases.queries.lights import Light, Lights, light_of
from guiyan.cases.queries.lists import STAGES, CaseFilters, cases_for
from guiyan.cases.queries.mine import (
    decision_for,
    mandate_by_id,
    mandates_for,
    mandates_waiting,
    messages_for,
    my_cases,
    reusable_materials,
)
from guiyan.cases.queries.one import (
    CasePage,
    case_by_id,
    case_by_number,
    case_page,
    check_by_id,
    checks_for,
    draft_by_id,
    fact_words,
    material_by_id,
    reveal_answer,
    supplement_of,
)
from guiyan.cases.queries.paging import Page
from guiyan.cases.queries.progress import (
    Progress,
    ProgressStep,
    checks_of,
    progress_by_number,
    progress_steps,
    progress_token,
    public_progress,
)
from guiyan.cases.queries.work import WorkRow, work_for
from guiyan.cases.states import BATCH_LABELS

__all__ = [
    "BATCH_LABELS",
    "STAGES",
    "Batch",
    "BatchLine",
    "Case",
    "CaseCheck",
    "CaseFilters",
    "CasePage",
    "Light",
    "Lights",
    "Mandate",
    "Message",
    "Page",
    "Progress",
    "ProgressStep",
    "WorkRow",
    "WrittenDecision",
    "batch_by_id",
    "batch_by_number",
    "batch_offers",
    "batch_steps",
    "batches_for",
    "case_by_id",
    "case_by_number",
    "case_page",
    "cases_for",
    "check_by_id",
    "checks_for",
    "checks_of",
    "dataset",
    "decision_for",
    "draft_by_id",
    "fact_words",
    "light_of",
    "lines_of",
    "log_lines",
    "mandate_by_id",
    "mandates_for",
    "mandates_waiting",
    "material_by_id",
    "messages_for",
    "my_cases",
    "progress_by_number",
    "progress_steps",
    "progress_token",
    "public_progress",
    "ready_for_batch",
    "reusable_materials",
    "reveal_answer",
    "supplement_of",
    "work_for",
]
