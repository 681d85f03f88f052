"""Two plans of a city that do not fit together, each published as in life."""

from __future__ import annotations

from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import Document
from tests.plans.factories import confirm_all

FIRST = (
    "示例市返乡服务工作方案\n一、重点任务\n"
    "(一)建立返乡人员台账。逐户走访登记，到2024年建成服务站点{}个。(牵头单位:市人社局;责任单位:市财政局)\n"
    "(二)办好创业活动。每年服务企业{}家以上。(责任单位:市商务局、市财政局)\n"
    "(三)统一窗口服务。一窗受理。(责任单位:市人社局)"
)
SECOND = (
    "示例市营商环境工作方案\n一、主要举措\n"
    "(一)建立返乡人员台账。按月更新。(牵头单位:市农业农村局;责任单位:市财政局)\n"
    "(二)培育企业。每年服务企业{}家以上。(牵头单位:市商务局、市财政局;责任单位:市人社局)"
)


def published(officer: Actor, name: str, text: str) -> Document:
    document = actions.import_document(officer, name=name, content=text.encode())
    confirm_all(officer, document)
    return actions.publish_document(officer, document=document)


def two_plans(officer: Actor, first: int = 100, second: int = 120) -> tuple[Document, Document]:
    """They promise `first` and `second` firms a year."""
    return published(officer, "first.txt", FIRST.format(30, first)), published(
        officer, "second.txt", SECOND.format(second)
    )
