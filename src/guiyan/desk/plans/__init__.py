"""Desk pages of plans in force: tasks with their units, indicators with their 口径."""
