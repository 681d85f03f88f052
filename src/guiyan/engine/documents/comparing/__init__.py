"""Two versions of a document: their clauses paired, and what changed in each."""
