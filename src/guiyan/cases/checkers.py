"""What a checking unit is shown: enough to answer its question, and nothing about money or how to reach the person."""

from __future__ import annotations

from guiyan.accounts.queries import region_path
from guiyan.cases import answers, declared
from guiyan.cases.models import Case, CaseCheck

Row = dict[str, str]


def shown_to(case: Case) -> list[Row]:
    """The applicant's statements with their sources; written down when the check is opened or the opinion asked.

    Identity numbers come masked; phone and bank account never go to another unit.
    """
    form = declared.form_of(case)
    rows = [{"label": "所在地", "value": region_path(case.region), "source": ""}]
    for row in answers.answer_rows(case):
        field = form.fields[row.id]
        if row.missing or row.id in answers.ABOUT_THE_ACCOUNT or field.type == "phone":
            continue
        rows.append({"label": row.label, "value": row.value, "source": row.source})
    return rows


def round_of(case: Case) -> int:
    """Which round of checks the case is in, or was last; 0 before the first."""
    return CaseCheck.objects.filter(case=case).order_by("-round").values_list("round", flat=True).first() or 0
