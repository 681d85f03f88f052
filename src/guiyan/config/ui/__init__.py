"""The design system's Python: how values are written, what shells need, tags and filters for templates."""
