"""Words that are stored: kinds of subjects, keys and relations, stages of columns."""

from __future__ import annotations

PERSON, ORGANISATION, PROJECT = "person", "organisation", "project"

# A subject is known again by one of these.
KEY_ID_NUMBER, KEY_CREDIT_CODE = "id_number", "credit_code"

# From the person who founded or runs a firm to the firm.
FOUNDER = "founder"

# A column of a register table: in use, being filled after a change of type, no longer shown.
COLUMN_LIVE, COLUMN_FILLING, COLUMN_RETIRED = "live", "filling", "retired"
