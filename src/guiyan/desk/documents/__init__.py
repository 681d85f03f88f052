"""Desk pages of policy documents: import, review beside the original, publish."""
