"""What must hold of notices: every signed batch published once, nothing unmasked in public."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.kernel.checks import Finding
from guiyan.notices.masking import full_number_in
from guiyan.notices.models import NoticeRow


def findings() -> Iterable[Finding]:
    for row in NoticeRow.objects.filter(is_public=True).select_related("notice").iterator():
        if any(full_number_in(cell) for cell in row.cells):
            yield Finding("notices.unmasked", row.notice.number, f"公示{row.notice.number}第{row.line_no}行有完整号码")
