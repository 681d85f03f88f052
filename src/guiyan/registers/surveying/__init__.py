"""Survey rounds: opening and closing them, and taking in what officers wrote down at doors."""
