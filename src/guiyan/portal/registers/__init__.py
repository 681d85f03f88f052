"""Registers that everybody may read: what is let out of each, searched and filtered."""
