"""Outreach (政策找人): whom measures were found for, what they were told, and what came of it.

A run is started by an officer, computed in pieces by `insights.matching` (facts snapshot, then the engine), its
audience agreed to by another officer, and told in pieces by jobs here. Unknowns are counted, never told anything.
"""
