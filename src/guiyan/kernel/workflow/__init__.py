"""The one gate for state: objects on flows that packs declare.

`begin` puts an object on a flow, `advance` does a verb, `finish_step` ends a parallel step: no other writes `state`.
Beside the way, the state untouched: `hand_over`, `hand_step`, `ask_opinion`, `answer_opinion`, `drop_opinion`, `urge`.
"""

from guiyan.kernel.workflow.beside import (
    answer_opinion,
    ask_opinion,
    drop_opinion,
    hand_over,
    hand_step,
    note,
    urge,
)
from guiyan.kernel.workflow.chart import Branch, ChartStep, chart, table
from guiyan.kernel.workflow.clockwork import Cell, ClockView
from guiyan.kernel.workflow.counting import done_between
from guiyan.kernel.workflow.decide_acts import working_days
from guiyan.kernel.workflow.effects import StepSpec
from guiyan.kernel.workflow.errors import StepRefused
from guiyan.kernel.workflow.flows import flow_of
from guiyan.kernel.workflow.gate import advance, begin, finish_step
from guiyan.kernel.workflow.models import Flowed, Handled, OpinionRow
from guiyan.kernel.workflow.reading import (
    LateClock,
    VerbOffer,
    allowed_acts,
    allowed_verbs,
    clocks,
    clocks_of,
    history,
    late_clocks,
    opinions,
    steps,
)

__all__ = [
    "Branch",
    "Cell",
    "ChartStep",
    "ClockView",
    "Flowed",
    "Handled",
    "LateClock",
    "OpinionRow",
    "StepRefused",
    "StepSpec",
    "VerbOffer",
    "advance",
    "allowed_acts",
    "allowed_verbs",
    "answer_opinion",
    "ask_opinion",
    "begin",
    "chart",
    "clocks",
    "clocks_of",
    "done_between",
    "drop_opinion",
    "finish_step",
    "flow_of",
    "hand_over",
    "hand_step",
    "history",
    "late_clocks",
    "note",
    "opinions",
    "steps",
    "table",
    "urge",
    "working_days",
]
