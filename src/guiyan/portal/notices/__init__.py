"""Notices and results as the public reads them, and objections to a line."""
