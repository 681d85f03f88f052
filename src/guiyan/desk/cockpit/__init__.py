"""The cockpit: where the plan stands, down to the record, and the leader's instruction on it."""
