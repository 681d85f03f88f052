"""Whether a new person is one the city knows already (ADR 64): rows and keys, candidates, links, what officers decide.

Everything runs behind: a change of a person puts her on the list of those to be looked at (`waiting`), a job looks
at them in pieces, each in its own transaction with what it found.
"""
