"""What a request says and brings, as one mark: what somebody confirmed is what may be sent."""

from __future__ import annotations

import hashlib
import json

from guiyan.cases import answers
from guiyan.cases.models import Case, CaseMaterial
from guiyan.kernel import crypto

PURPOSE = "case.contents"


def mark_of(case: Case) -> str:
    """The same until a word or a file of the request changes. Keyed, so that no number can be guessed from it."""
    files = CaseMaterial.objects.filter(case=case, replaced_at=None).order_by("id").values_list("id", flat=True)
    told = json.dumps([case.pk, answers.answers_of(case), case.held, list(files)], sort_keys=True)
    return crypto.blind_index(PURPOSE, hashlib.sha256(told.encode()).hexdigest()).hex()
