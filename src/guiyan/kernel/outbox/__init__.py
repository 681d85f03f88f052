"""Events: written in the transaction that they tell of, delivered to every receiver, each with its effect exactly once.

`publish` writes the event and a job per receiver; `receiver` declares one, in a `receivers.py` imported by ready().
"""

from guiyan.kernel.outbox.deliver import deliver
from guiyan.kernel.outbox.event import Event
from guiyan.kernel.outbox.publish import publish
from guiyan.kernel.outbox.registry import receiver, receivers_of

__all__ = ["Event", "deliver", "publish", "receiver", "receivers_of"]
