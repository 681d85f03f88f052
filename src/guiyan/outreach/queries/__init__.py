"""Reading runs, their counts, audience and funnel, and one's own messages. Always scoped to the actor."""

from guiyan.outreach.queries.funnel import Funnel, FunnelRow, funnel_of, people_at
from guiyan.outreach.queries.mine import choices_for, my_message, my_messages, my_telling, unread_count
from guiyan.outreach.queries.runs import (
    CountTable,
    MissingRow,
    audience_of,
    count_table,
    delivery_counts,
    missing_facts,
    piece_progress,
    run_by_id,
    runs_for,
    sample_of,
    state_counts,
    untold_counts,
)

__all__ = [
    "CountTable",
    "Funnel",
    "FunnelRow",
    "MissingRow",
    "audience_of",
    "choices_for",
    "count_table",
    "delivery_counts",
    "funnel_of",
    "missing_facts",
    "my_message",
    "my_messages",
    "my_telling",
    "people_at",
    "piece_progress",
    "run_by_id",
    "runs_for",
    "sample_of",
    "state_counts",
    "unread_count",
    "untold_counts",
]
