"""Ratings at the desk: what applicants said about the handling, and calling back those who are not satisfied."""
