"""Keeping a what-if: the question when it is put, what is found part by part, and taking it away again.

`insights.whatif` makes the question and computes; a part is one transaction of one job, which asks for the next. Killed
anywhere, the part is computed again; what was taken stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, jobs
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import at_most, visible
from guiyan.kernel.turns import take_turn
from guiyan.outreach.models import WhatIfRun
from guiyan.outreach.permissions import WHAT_IF_RUN, areas_to_try

WHAT_IF = "outreach.what_if"
"""The job that computes the next part of a what-if; `insights.whatif` does it."""


@dataclass(frozen=True)
class Asked:
    """A question that was checked and can be computed; the fields are those of `WhatIfRun`."""

    kind: str
    measures: Sequence[str]
    day: date
    changed_day: date
    changes: Mapping[str, Mapping[str, str]]
    said: Sequence[Mapping[str, str]]
    release: int
    snapshot: int
    facts_as_of: datetime
    rows: int
    drafts: Mapping[str, Any] = field(default_factory=dict)

    def digest(self, area: int) -> str:
        """The same for the same question on the same rules and facts, whoever asks it and whatever it is called."""
        asked = [
            self.kind,
            list(self.measures),
            self.day.isoformat(),
            self.changed_day.isoformat(),
            {measure: dict(sorted(own.items())) for measure, own in sorted(self.changes.items()) if own},
            self.release,
            self.snapshot,
            self.facts_as_of.isoformat(),
            area,
            dict(self.drafts),
        ]
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def start_what_if(actor: Actor, *, title: str, area: int, asked: Asked) -> WhatIfRun:
    """Keep the question and have it computed. The same question on the same facts gives the run that is there."""
    require(actor, WHAT_IF_RUN)
    if all(place.code != area for place in areas_to_try(actor)):
        raise NotFound("没有这个地区，或者不在您的管辖范围。")
    name = at_most(visible(title), 80, "名称")
    if not name:
        raise Refused("请给这次试算起个名称，方便以后查找。", "title")
    digest = asked.digest(area)
    take_turn(f"outreach.what_if:{digest}")
    same = WhatIfRun.objects.filter(digest=digest, region=area, problem="").order_by("-id").first()
    if same is not None:
        return same
    run = WhatIfRun.objects.create(
        title=name,
        kind=asked.kind,
        measures=list(asked.measures),
        day=asked.day,
        changed_day=asked.changed_day,
        changes=asked.changes,
        drafts=dict(asked.drafts),
        said=list(asked.said),
        digest=digest,
        release=asked.release,
        snapshot=asked.snapshot,
        facts_as_of=asked.facts_as_of,
        region=area,
        unit_id=offices.office_of(actor, WHAT_IF_RUN).unit_id,
        started_by_id=actor.user_id,
        started_by=actor.label,
        started_at=calendar.now(),
        rows=asked.rows,
    )
    audit.record(actor, "whatif.start", run.ref, region=area, detail={"measures": len(run.measures), "kind": run.kind})
    ask_for_part(run)
    return run


def ask_for_part(run: WhatIfRun) -> None:
    jobs.defer(WHAT_IF, one_at_a_time=f"{WHAT_IF}:{run.pk}", run_id=run.pk)


def next_part(run_id: int) -> WhatIfRun | None:
    """The run to compute a part of, locked; None when there is nothing to do: done, stuck, or taken away."""
    return WhatIfRun.objects.select_for_update().filter(pk=run_id, computed_at=None, problem="").first()


@dataclass(frozen=True)
class Part:
    """What is found so far, this part included. totals: people and fen, before and after, once all is computed."""

    counties: int
    rows: int
    tables: Mapping[str, Any]
    totals: Mapping[str, int | None] | None = None


@transaction.atomic
def take_part(run: WhatIfRun, part: Part) -> WhatIfRun:
    """Keep what was found, and go on with the next part, or be done."""
    run.counties_done += part.counties
    run.rows_done += part.rows
    run.tables = part.tables
    if part.totals is None:
        run.save(update_fields=["counties_done", "rows_done", "tables"])
        ask_for_part(run)
        return run
    for name, value in part.totals.items():
        setattr(run, name, value)
    run.computed_at = calendar.now()
    run.save(update_fields=["counties_done", "rows_done", "tables", "computed_at", *part.totals])
    audit.record(SYSTEM, "whatif.compute", run.ref, region=run.region)
    return run


def note_what_if_problem(run_id: int, words: str) -> None:
    """Remember why it could not be computed; it is put again as a new question."""
    WhatIfRun.objects.filter(pk=run_id, computed_at=None).update(problem=words[:400])


@transaction.atomic
def delete_what_if(actor: Actor, *, run: WhatIfRun) -> None:
    """Take a what-if away with what it found. Nothing else is kept by it."""
    require(actor, WHAT_IF_RUN, run)
    row = WhatIfRun.objects.select_for_update().filter(pk=run.pk).first()
    if row is None:
        raise NotFound("这次试算已经删除了。")
    # Log before deleting, while the object still exists.
    audit.record(actor, "whatif.delete", row.ref, region=row.region, detail={"title": row.title})
    row.delete()
