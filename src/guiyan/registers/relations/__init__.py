"""Relations that officers give (1+1+N): one by one, or many at once as previewed; ended, never rewritten."""
