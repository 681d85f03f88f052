"""Taking reports: who is meant, what was said, what the register then shows. One path for one report and for a million.

`take(pack, register, reports, …)` works on a batch: a handful of statements whatever its size, each COPY into a
staging table followed by INSERT … SELECT, because COPY into a walled table is refused.
"""

from guiyan.registers.writing.reports import Outcome, Report, Taken
from guiyan.registers.writing.take import reproject, take

__all__ = ["Outcome", "Report", "Taken", "reproject", "take"]
