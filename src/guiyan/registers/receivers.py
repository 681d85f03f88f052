"""What follows in the registers from a change of a person: she is looked at anew, whether she is one known already."""

from __future__ import annotations

from guiyan.kernel.outbox import Event, receiver
from guiyan.registers.linking.waiting import put_down, put_down_file


@receiver("subject.changed", name="registers.look_at_person")
def look_at_person(event: Event) -> None:
    """Of a file all whom it speaks of, undone or not; who was merged or taken out is the same person as before."""
    if "import_id" in event.ids:
        put_down_file(event.number("import_id"))
    elif "merged" not in event.ids and "unmerged" not in event.ids:
        put_down([event.number("subject_id")])
