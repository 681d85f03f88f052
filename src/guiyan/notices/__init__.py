"""Notices: what is made public about a batch, how it is masked, for how long, and the objections to it."""
