from guiyan.plans.models.documents import Document, ReviewItem, UnitMention
from guiyan.plans.models.supervision import Instruction, SupervisionOrder
from guiyan.plans.models.targets import Indicator, IndicatorValue, Task, TaskUnit

__all__ = [
    "Document",
    "Indicator",
    "IndicatorValue",
    "Instruction",
    "ReviewItem",
    "SupervisionOrder",
    "Task",
    "TaskUnit",
    "UnitMention",
]
