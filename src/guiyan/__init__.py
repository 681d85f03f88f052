"""Guiyan: a city's plan, made to run."""
