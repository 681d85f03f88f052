"""Everybody's facts on one day as Parquet: what the population engine reads. No name and no number is in it.

write_facts      the facts of a kind of subject, of a place, as part files in a folder
fact_query       the same as one SQL query
take / latest    the city's facts of a kind, kept until the next; open_kept reads them for the engine
"""

from guiyan.insights.snapshot.facts import fact_query
from guiyan.insights.snapshot.kept import Kept, latest, open_kept, take
from guiyan.insights.snapshot.writing import Snapshot, write_facts

__all__ = ["Kept", "Snapshot", "fact_query", "latest", "open_kept", "take", "write_facts"]
