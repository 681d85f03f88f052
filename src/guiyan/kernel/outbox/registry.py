"""Who receives what. Names are stable: receipts are kept under them."""

from __future__ import annotations

from collections.abc import Callable

from guiyan.kernel.outbox.event import Event
from guiyan.packs.flow import EVENTS

Receiver = Callable[[Event], None]

_receivers: dict[str, dict[str, Receiver]] = {}


def receiver(event: str, *, name: str) -> Callable[[Receiver], Receiver]:
    """Have the function called once for each such event, in its own transaction under the system scope."""
    if event not in EVENTS:
        raise ValueError(f"unknown event {event}; known: {', '.join(sorted(EVENTS))}")

    def register(function: Receiver) -> Receiver:
        others = _receivers.setdefault(event, {})
        if others.get(name, function) is not function:
            raise ValueError(f"{event} has a receiver {name} already")
        others[name] = function
        return function

    return register


def receivers_of(event: str) -> dict[str, Receiver]:
    return dict(_receivers.get(event, {}))
