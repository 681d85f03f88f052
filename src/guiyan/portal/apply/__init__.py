"""Applying: only what isn't held is asked, everything typed is kept, submitted once however often it is clicked."""
