"""Reading runs, their counts, audience and funnel, and one's own messages. Always scoped to the actor."""

from guiyan.outreach.queries.funnel import Funnel, FunnelPerson, FunnelRow, funnel_of, people_at
from guiyan.outreach.queries.mine import (
    choices_for,
    measures_in,
    my_message,
    my_messages,
    my_telling,
    unread_count,
)
from guiyan.outreach.queries.preview import Offered, Preview, offered, preview
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
    titles_of,
    untold_counts,
)

__all__ = [
    "CountTable",
    "Funnel",
    "FunnelPerson",
    "FunnelRow",
    "MissingRow",
    "Offered",
    "Preview",
    "audience_of",
    "choices_for",
    "count_table",
    "delivery_counts",
    "funnel_of",
    "measures_in",
    "missing_facts",
    "my_message",
    "my_messages",
    "my_telling",
    "offered",
    "people_at",
    "piece_progress",
    "preview",
    "run_by_id",
    "runs_for",
    "sample_of",
    "state_counts",
    "titles_of",
    "unread_count",
    "untold_counts",
]
