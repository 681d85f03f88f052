"""The one gate for state: objects on flows that packs declare.

`begin` puts an object on a flow, `advance` does a verb, `finish_step` ends a parallel step: no other writes `state`.
"""

from guiyan.kernel.workflow.chart import Branch, ChartStep, chart, table
from guiyan.kernel.workflow.clockwork import Cell, ClockView
from guiyan.kernel.workflow.counting import done_between
from guiyan.kernel.workflow.effects import StepSpec
from guiyan.kernel.workflow.errors import StepRefused
from guiyan.kernel.workflow.flows import flow_of
from guiyan.kernel.workflow.gate import advance, begin, finish_step
from guiyan.kernel.workflow.models import Flowed
from guiyan.kernel.workflow.reading import VerbOffer, allowed_verbs, clocks, clocks_of, history, steps

__all__ = [
    "Branch",
    "Cell",
    "ChartStep",
    "ClockView",
    "Flowed",
    "StepRefused",
    "StepSpec",
    "VerbOffer",
    "advance",
    "allowed_verbs",
    "begin",
    "chart",
    "clocks",
    "clocks_of",
    "done_between",
    "finish_step",
    "flow_of",
    "history",
    "steps",
    "table",
]
