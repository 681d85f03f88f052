"""Survey rounds: opening one, how far it is by place, whom that is, what changed since the last."""
