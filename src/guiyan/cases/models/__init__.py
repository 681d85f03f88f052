"""What a case keeps: the request, what was given with it, who checked what, what was decided, and its batch."""

from guiyan.cases.models.alert import Alert
from guiyan.cases.models.batch import Batch, BatchLine
from guiyan.cases.models.bulk import BulkLine, BulkRun
from guiyan.cases.models.case import Case, CaseVerdict
from guiyan.cases.models.certificate import Certificate
from guiyan.cases.models.checking import CaseCheck, CaseComparison
from guiyan.cases.models.comparing import EFFECTS, ComparisonHit, ComparisonRun, ComparisonRunList
from guiyan.cases.models.delegation import Delegation
from guiyan.cases.models.joint import Joint
from guiyan.cases.models.mandate import Mandate
from guiyan.cases.models.material import CaseMaterial, Supplement
from guiyan.cases.models.rating import Rating
from guiyan.cases.models.remark import Mention, Remark
from guiyan.cases.models.reply import Reply
from guiyan.cases.models.telling import Message, NumberSeries, WrittenDecision

__all__ = [
    "EFFECTS",
    "Alert",
    "Batch",
    "BatchLine",
    "BulkLine",
    "BulkRun",
    "Case",
    "CaseCheck",
    "CaseComparison",
    "CaseMaterial",
    "CaseVerdict",
    "Certificate",
    "ComparisonHit",
    "ComparisonRun",
    "ComparisonRunList",
    "Delegation",
    "Joint",
    "Mandate",
    "Mention",
    "Message",
    "NumberSeries",
    "Rating",
    "Remark",
    "Reply",
    "Supplement",
    "WrittenDecision",
]
