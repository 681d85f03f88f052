"""What a unit outside government sends: its files and its own entries, and nothing else."""
