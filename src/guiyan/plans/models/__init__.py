from guiyan.plans.models.documents import Document, ReviewItem, UnitMention
from guiyan.plans.models.reported import FigureEntry, ReportedFigure
from guiyan.plans.models.splits import TargetShare, TargetSplit
from guiyan.plans.models.supervision import Instruction, SupervisionOrder, SupervisionProposal
from guiyan.plans.models.targets import Indicator, IndicatorValue, Task, TaskUnit

__all__ = [
    "Document",
    "FigureEntry",
    "Indicator",
    "IndicatorValue",
    "Instruction",
    "ReportedFigure",
    "ReviewItem",
    "SupervisionOrder",
    "SupervisionProposal",
    "TargetShare",
    "TargetSplit",
    "Task",
    "TaskUnit",
    "UnitMention",
]
