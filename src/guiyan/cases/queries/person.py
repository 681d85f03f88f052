"""The requests of one person, for her dossier; and what may be begun for her."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.accounts.permissions import visible
from guiyan.cases.models import Case, Mandate
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor

MOST = 50


def cases_of(actor: Actor, subject_ids: Sequence[int]) -> list[Case]:
    """The submitted requests of somebody that the actor may see, the newest first."""
    rows = Case.objects.filter(subject_id__in=subject_ids).exclude(number="")
    return list(visible(actor, "case.view", rows).order_by("-id")[:MOST])


def usable_mandates(actor: Actor, subject_ids: Sequence[int]) -> set[str]:
    """The items for which this actor holds a mandate of hers that runs today; a bundle's stands for its items."""
    held = Mandate.objects.filter(helper_id=actor.user_id or 0, subject_id__in=subject_ids, ended_at=None)
    today = calendar.today()
    named = {one.item for one in held.order_by("-id")[:MOST] if not one.why_not_usable(today)}
    bundles = releases.current().bundles
    return named | {item for one in named if one in bundles for item in bundles[one].items}
