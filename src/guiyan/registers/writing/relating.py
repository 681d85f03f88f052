"""Standing relations that reports name: who founded a firm, and whose own its entry is therefore."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.packs.register import Register
from guiyan.registers.declared import links_of
from guiyan.registers.writing.identify import Identified
from guiyan.registers.writing.reports import Report
from guiyan.registers.writing.staging import run, stage

COLUMNS = (
    ("kind", "text"),
    ("from_subject_id", "bigint"),
    ("to_subject_id", "bigint"),
    ("valid_from", "date"),
    ("source", "text"),
)
SINCE = "registered_on"


def relate(register: Register, reports: Sequence[Report], who: Identified) -> None:
    """A relation once told stays until it is ended; the first kind of relation also says who holds the entry."""
    links = links_of(register)
    if not who.linked:
        return
    rows = {
        (kind, person, who.subjects[place]): (reports[place].values.get(SINCE), reports[place].source)
        for (place, kind), person in who.linked.items()
    }
    stage("stage_relation", COLUMNS, ((*key, since, source) for key, (since, source) in rows.items()))
    run(
        "INSERT INTO registers_relation (kind, from_subject_id, to_subject_id, valid_from, region, source)"
        " SELECT g.kind, g.from_subject_id, g.to_subject_id, g.valid_from, s.region, g.source"
        " FROM pg_temp.stage_relation g JOIN registers_subject s ON s.id = g.to_subject_id"
        " ON CONFLICT (kind, from_subject_id, to_subject_id) DO UPDATE SET valid_from = excluded.valid_from"
    )
    run(
        "UPDATE registers_subject s SET holder_id = g.from_subject_id FROM pg_temp.stage_relation g"
        " WHERE s.id = g.to_subject_id AND g.kind = %s AND s.holder_id <> g.from_subject_id",
        [links[0].kind],
    )
