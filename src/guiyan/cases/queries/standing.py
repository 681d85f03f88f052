"""Cases that stand on what a register's file said, for whoever is about to take the file back."""

from __future__ import annotations

from django.db.models import Q

from guiyan.cases import states
from guiyan.cases.models import Case
from guiyan.registers.queries.undoing import stands_on_subjects


def open_cases_of(subject_ids: list[int]) -> tuple[str, int]:
    about = Q(subject_id__in=subject_ids) | Q(firm_subject_id__in=subject_ids)
    return "件在办的办件", Case.objects.filter(about).exclude(state__in=states.OVER).count()


stands_on_subjects(open_cases_of)
