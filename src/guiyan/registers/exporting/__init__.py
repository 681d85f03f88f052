"""Entries taken out as a file: asked for with a reason, agreed to by another, made behind, marked with who and when."""
