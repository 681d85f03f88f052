"""Demands at the desk: sending on, answering, and what came of it."""
