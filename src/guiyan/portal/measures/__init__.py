"""Measures in force, as people look them up: for whom, on which conditions, what, by whom, on which words."""
