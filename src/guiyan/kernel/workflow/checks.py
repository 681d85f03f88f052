"""Whether every object's log plays back to its state, by verbs its flow really has."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from guiyan.kernel.checks import Finding
from guiyan.kernel.workflow.flows import flow_of, object_type_of
from guiyan.kernel.workflow.models import Flowed, WorkflowLog
from guiyan.packs.flow import Flow
from guiyan.packs.flow_acts import BESIDE


def findings() -> Iterator[Finding]:
    """Run in the system scope."""
    for model in apps.get_models():
        if issubclass(model, Flowed):
            for obj in model._base_manager.order_by("pk").iterator():
                yield from faults_of(obj)


def faults_of(obj: Flowed) -> Iterator[Finding]:
    kind = object_type_of(type(obj))
    where = f"{kind}:{obj.pk}"
    entries = WorkflowLog.objects.filter(object_type=kind, object_id=obj.pk).order_by("id")
    state = ""
    for entry in entries:
        if entry.from_state != state or not is_way(flow_of(obj), entry):
            yield Finding("workflow_log_broken", where, f"流程记录第{entry.pk}条“{entry.label}”与流程不符。")
            return
        state = entry.to_state
    if state != obj.state:
        yield Finding("workflow_state", where, f"状态是“{obj.state}”，按流程记录应是“{state or '没有记录'}”。")


def is_way(flow: Flow, entry: WorkflowLog) -> bool:
    """The start, a verb of the flow between these states, or what moves nothing: a parallel step, an act beside."""
    if not entry.from_state:
        return entry.to_state == flow.initial
    if entry.verb.partition(".")[0] in flow.groups or entry.verb in BESIDE:
        return entry.to_state == entry.from_state
    verb = flow.verbs.get(entry.verb)
    return verb is not None and entry.from_state in verb.source and entry.to_state == verb.to
