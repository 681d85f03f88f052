from guiyan.plans.models.documents import Document, ReviewItem, UnitMention
from guiyan.plans.models.learnt import LearntName, LearntPhrase
from guiyan.plans.models.reported import FigureEntry, ReportedFigure
from guiyan.plans.models.revisions import FindingDismissal, PlanChange, RevisionDecision
from guiyan.plans.models.splits import TargetShare, TargetSplit
from guiyan.plans.models.supervision import Instruction, SupervisionOrder, SupervisionProposal
from guiyan.plans.models.targets import Indicator, IndicatorValue, Task, TaskUnit

__all__ = [
    "Document",
    "FigureEntry",
    "FindingDismissal",
    "Indicator",
    "IndicatorValue",
    "Instruction",
    "LearntName",
    "LearntPhrase",
    "PlanChange",
    "ReportedFigure",
    "ReviewItem",
    "RevisionDecision",
    "SupervisionOrder",
    "SupervisionProposal",
    "TargetShare",
    "TargetSplit",
    "Task",
    "TaskUnit",
    "UnitMention",
]
