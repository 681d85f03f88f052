"""Linkage: who in one register is who in another. Exact numbers first, then Fellegi–Sunter by Splink.

A file against a file: `link`. One new person against few candidates that a database found by `blocking_keys`:
`match_one`; many that were prepared before: `match_prepared`. Every link is explained. All compare the same prepared
rows by the same settings file.
"""

from guiyan.engine.linkage.errors import LinkageError
from guiyan.engine.linkage.files import People, open_people
from guiyan.engine.linkage.frequencies import Frequencies
from guiyan.engine.linkage.linking import Linked, link
from guiyan.engine.linkage.many import Match, Part, match_prepared
from guiyan.engine.linkage.one import Candidate, blocking_keys, match_one
from guiyan.engine.linkage.settings import Settings, load_settings

__all__ = [
    "Candidate",
    "Frequencies",
    "LinkageError",
    "Linked",
    "Match",
    "Part",
    "People",
    "Settings",
    "blocking_keys",
    "link",
    "load_settings",
    "match_one",
    "match_prepared",
    "open_people",
]
