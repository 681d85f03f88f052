"""Addresses of targets: splits, reported figures, limits of tasks, proposals of supervision."""

from __future__ import annotations

from guiyan.plans.models import Indicator, ReportedFigure, SupervisionProposal, TargetSplit, Task
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import (
    CHECKER_OF_FIGURES,
    ISSUER,
    LEADER,
    LOCKER,
    POLICY,
    REPORTER,
    SIGNER,
    SUPERVISOR,
)
from tests.access.world import COUNTIES, World

ONLY_POLICY, ONLY_SUPERVISOR = frozenset({POLICY}), frozenset({SUPERVISOR})
FIGURE_READERS = frozenset({SIGNER, POLICY, LEADER, SUPERVISOR, "shenji", ISSUER, REPORTER, CHECKER_OF_FIGURES, LOCKER})
SPLITTERS = frozenset({POLICY, ISSUER})
HEAD = "区划代码,地区,去年,目标,单位"


def indicator(world: World) -> Values:
    return {"indicator_id": Indicator.objects.get(definition="jobs-led").pk}


def split(verb: str, definition: str) -> Values:
    return {"split_id": TargetSplit.objects.get(indicator__definition=definition).pk, "verb": verb}


def shares(world: World) -> Values:
    mark = TargetSplit.objects.get(indicator__definition="jobs-led").mark
    return {"seen": mark, "basis": "even", **{f"share-{code}": "100" for code in COUNTIES}}


def share_file(world: World) -> Values:
    rows = [f"{code},,,100,人" for code in COUNTIES]
    mark = TargetSplit.objects.get(indicator__definition="jobs-led").mark
    return {"seen": mark, "file": upload("目标.csv", "\n".join([HEAD, *rows]).encode("utf-8-sig"))}


def own_figure() -> ReportedFigure:
    return ReportedFigure.objects.get(indicator__definition="chushang-packaged-projects", place=421224000000)


def figure(world: World) -> Values:
    return {"figure_id": own_figure().pk}


def figure_file(world: World) -> Values:
    head = "编号,指标,地区,期间,数值,分子,分母,单位,说明"
    row = f"{own_figure().pk},,,,5,,,个,"
    return {"file": upload("填报.csv", f"{head}\n{row}".encode("utf-8-sig"))}


def task(world: World) -> Values:
    return {"task_id": Task.objects.order_by("pk")[0].pk}


def proposal(world: World) -> Values:
    return {"proposal_id": SupervisionProposal.objects.order_by("pk")[0].pk}


def late_reports(world: World) -> Values:
    numbers = SupervisionProposal.objects.filter(kind="figure").order_by("pk").values_list("pk", flat=True)
    return {"proposal": list(numbers[:2]), "text": "请在3个工作日内补报。", "decision": "order"}


def red_light(world: World) -> Values:
    found = SupervisionProposal.objects.filter(kind="indicator").order_by("pk")[0]
    return {
        "indicator": found.indicator_id or 0,
        "proposal": [found.pk],
        "text": "请查明原因，提出措施。",
        "decision": "order",
    }


def an_order(world: World) -> Values:
    return {"unit": "4212-human-resources", "text": "请查明原因，提出措施。", "place": "421200000000"}


DOORS = [
    Door("plans:split", SPLITTERS, at=indicator),
    Door("plans:split-save", NOONE, ONLY_POLICY, indicator, shares),
    Door("plans:split-sheet", SPLITTERS, at=indicator),
    Door("plans:split-upload", NOONE, ONLY_POLICY, indicator, share_file),
    Door(
        "plans:split-move", NOONE, frozenset({ISSUER}), lambda world: split("issue", "new-returnee-businesses"),
        what="issue",
    ),
    Door(
        "plans:split-move", NOONE, ONLY_POLICY, lambda world: split("drop", "new-returnee-businesses"),
        lambda world: {"reason": "重新测算"}, what="drop",
    ),
    Door("plans:figures", FIGURE_READERS),
    Door("plans:figure", FIGURE_READERS, at=figure),
    Door("plans:figure-do", NOONE, frozenset({REPORTER}), figure, lambda world: {"verb": "fill", "value": "5"}),
    Door("plans:figure-template", frozenset({REPORTER})),
    Door("plans:figure-upload", NOONE, frozenset({REPORTER}), body=figure_file),
    Door("plans:task-due", NOONE, ONLY_POLICY, task, lambda world: {"due_on": "2026-09-30"}),
    Door("plans:task-done", NOONE, ONLY_POLICY, task, lambda world: {"note": "已建立清单"}),
    Door("supervision:proposals", ONLY_SUPERVISOR),
    Door("supervision:proposal", ONLY_SUPERVISOR, at=proposal),
    Door("supervision:decide", NOONE, ONLY_SUPERVISOR, proposal, lambda world: {"text": "请说明原因。"}),
    Door("supervision:together", ONLY_SUPERVISOR, ONLY_SUPERVISOR, body=late_reports),
    Door("supervision:lights", ONLY_SUPERVISOR, ONLY_SUPERVISOR, body=red_light),
    Door("supervision:start", ONLY_SUPERVISOR, ONLY_SUPERVISOR, indicator, an_order),
]  # fmt: skip
