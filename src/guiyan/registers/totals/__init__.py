"""Figures that follow from the entries of other registers: kept with what is written, filled by `pack apply`,
worked out on the day where they age.

A total is always computed from the records behind it, never counted up: whatever happened before, it is right after.
"""

from guiyan.registers.totals.aging import aged
from guiyan.registers.totals.keeping import kept, settle_merged

__all__ = ["aged", "kept", "settle_merged"]
