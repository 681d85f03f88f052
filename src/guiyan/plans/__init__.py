"""Plans: documents read and confirmed, the tasks and indicators they set, instructions and supervision.

The reading itself is `engine.documents`; figures are computed by `insights` and kept here.
"""
