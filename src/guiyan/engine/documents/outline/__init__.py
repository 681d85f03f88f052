"""Plans, sections and items by their numbering; what issued the document, and what it says of the past."""
