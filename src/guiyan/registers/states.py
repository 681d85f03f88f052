"""Words that are stored: kinds of subjects, keys and relations, stages of columns."""

from __future__ import annotations

PERSON, ORGANISATION, PROJECT, ASSET = "person", "organisation", "project", "asset"

# A subject is known again by one of these.
# Some are a number in the register that gave it one, so the digest is of the register's name and the number.
KEY_ID_NUMBER, KEY_CREDIT_CODE, KEY_NUMBER = "id_number", "credit_code", "number"

# From the person who founded or runs a firm to the firm.
FOUNDER = "founder"
# From the organisation that runs a project, a park, an incubator to that.
OPERATOR = "operator"

# The source of what an officer put right at somebody's request; trusted above all that a register declares.
CORRECTION, CORRECTION_LABEL = "correction", "本人更正"

# What somebody asks about the data held of her, and where that stands.
CORRECT, ERASE = "correct", "erase"
ASKED, ACCEPTED, REFUSED, WITHDRAWN = "asked", "accepted", "refused", "withdrawn"

# A column of a register table: in use, being filled after a change of type, no longer shown.
COLUMN_LIVE, COLUMN_FILLING, COLUMN_RETIRED = "live", "filling", "retired"

# A column that follows from entries: not filled yet, filled, filled again since every writer keeps it.
DERIVED_FILLING, DERIVED_FILLED, DERIVED_SETTLED = "filling", "filled", "settled"

# A file handed in: its columns are to be named, it is checked, may be confirmed, is brought in; or it came to nothing.
FILE_HANDED_IN, FILE_CHECKING, FILE_CHECKED, FILE_BRINGING = "handed-in", "checking", "checked", "bringing"
FILE_DONE, FILE_DROPPED, FILE_FAILED = "done", "dropped", "failed"

# A visit of a survey round: to be made, made, nobody could be asked, still to be made when the round was closed.
VISIT_DUE, VISIT_DONE, VISIT_UNREACHED, VISIT_MISSED = "due", "done", "unreached", "missed"

# What is thought of two people: not decided, put aside, one person, two people, or the question fell away.
LINK_WAITING, LINK_ASIDE, LINK_SAME, LINK_APART, LINK_VOID = "waiting", "aside", "same", "apart", "void"
# Who found that they are one: the weights alone, an officer whom the weights asked, an officer by herself.
BY_SYSTEM, BY_REVIEW, BY_HAND = "system", "review", "hand"

# A turn of an answer to a published entry.
REPLIED, TAKEN_BACK = "replied", "taken-back"
