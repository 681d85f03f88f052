"""Tables of the registers that every city has; the tables of declared registers are made by `registers.schema`."""

from guiyan.registers.models.answering import AnswerNote
from guiyan.registers.models.comparison import ComparisonList, ComparisonRow, ListRefusal
from guiyan.registers.models.handed import ColumnMapping, ImportFile
from guiyan.registers.models.keeping import EntryDraft, LevelChange, RegisterExport, Voiding
from guiyan.registers.models.linking import (
    LinkageKey,
    LinkageRow,
    LinkageShare,
    LinkageState,
    LinkageWaiting,
    PersonLink,
)
from guiyan.registers.models.relation import AssignmentRun, Relation
from guiyan.registers.models.report import Assertion, ImportRun
from guiyan.registers.models.rights import Block, DataCopy, DataRequest, ExportedPiece, ShutKey
from guiyan.registers.models.sharing import ComparedPerson, DataTaking, DataUse
from guiyan.registers.models.structure import RegisterColumn
from guiyan.registers.models.subject import Hat, SearchTerm, Subject, SubjectKey
from guiyan.registers.models.surveying import SentRecord, SurveyReminder, SurveyRound, SurveyVisit

__all__ = [
    "AnswerNote",
    "Assertion",
    "AssignmentRun",
    "Block",
    "ColumnMapping",
    "ComparedPerson",
    "ComparisonList",
    "ComparisonRow",
    "DataCopy",
    "DataRequest",
    "DataTaking",
    "DataUse",
    "EntryDraft",
    "ExportedPiece",
    "Hat",
    "ImportFile",
    "ImportRun",
    "LevelChange",
    "LinkageKey",
    "LinkageRow",
    "LinkageShare",
    "LinkageState",
    "LinkageWaiting",
    "ListRefusal",
    "PersonLink",
    "RegisterColumn",
    "RegisterExport",
    "Relation",
    "SearchTerm",
    "SentRecord",
    "ShutKey",
    "Subject",
    "SubjectKey",
    "SurveyReminder",
    "SurveyRound",
    "SurveyVisit",
    "Voiding",
]
