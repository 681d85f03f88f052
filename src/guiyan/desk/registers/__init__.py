"""Desk pages of the registers: lists, one entry with its sources, imports, lists for comparison, search."""
