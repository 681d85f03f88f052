"""Everybody's facts on one day as Parquet: what the population engine reads. No name and no number is in it.

write_facts      the facts of a kind of subject, of a place, as part files in a folder
fact_query       the same as one SQL query
"""

from guiyan.insights.snapshot.facts import fact_query
from guiyan.insights.snapshot.writing import Snapshot, write_facts

__all__ = ["Snapshot", "fact_query", "write_facts"]
