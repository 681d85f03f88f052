"""What is done beside the way of a flow: the state stays, the log says it. 转办, 加签, 催办."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

ActName = Literal["transfer", "consult", "urge"]

# How the log calls what moves nothing; no verb of a flow may bear one of these names.
TRANSFER, HAND_STEP, CONSULT, OPINION, UNASK, URGE, NOTE = (
    "transfer",
    "hand_step",
    "consult",
    "opinion",
    "unask",
    "urge",
    "note",
)
BESIDE = frozenset({TRANSFER, HAND_STEP, CONSULT, OPINION, UNASK, URGE, NOTE})


class Act(BaseModel):
    """In which states it may be done. holds: the verbs that wait while a required opinion is out (加签 only)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    states: tuple[str, ...]
    holds: tuple[str, ...] = ()
