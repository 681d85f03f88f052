"""How common names, schools, phones are among the people known: counted in the database, looked up for a few values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from psycopg import sql

from guiyan.registers.linking.rows import Row, settings_in_force
from guiyan.registers.models import LinkageRow, LinkageShare, LinkageState
from guiyan.registers.writing.staging import returned, run

if TYPE_CHECKING:
    from guiyan.engine.linkage import Frequencies

# The same as `engine.linkage.frequencies.counting` says of a file.
COUNT = sql.SQL("""
    INSERT INTO registers_linkageshare (field, value, share)
    WITH counted AS (SELECT {column} AS value, count(*) AS people FROM registers_linkagerow
                     WHERE {column} IS NOT NULL GROUP BY 1),
         known AS (SELECT greatest(sum(people), {of})::float8 AS people FROM counted)
    SELECT {field}, counted.value, counted.people / known.people FROM counted, known
    WHERE counted.people / known.people > {rare}""")
ASKED = """
    SELECT s.field, s.value, s.share FROM unnest(%s::text[], %s::bigint[]) AS q(field, value)
    JOIN registers_linkageshare s ON s.field = q.field AND s.value = q.value"""


def state() -> LinkageState:
    """The one row, made when it is asked for first, or when other settings came."""
    version = settings_in_force().version
    found = LinkageState.objects.order_by("pk").first()
    if found is None:
        return LinkageState.objects.create(settings=version)
    if found.settings != version:
        found.settings, found.built_upto, found.is_built = version, 0, False
        found.save()
    return found


def count(day: date) -> None:
    """Count all values anew; until the end of the transaction the old shares stand."""
    LinkageShare.objects.all().delete()
    for column, (rare, of) in settings_in_force().frequencies.items():
        run(
            COUNT.format(
                column=sql.Identifier(column),
                field=sql.Literal(column),
                of=sql.Literal(of),
                rare=sql.Literal(rare),
            )
        )
    held = state()
    held.people, held.counted_on = LinkageRow.objects.count(), day
    held.save(update_fields=["people", "counted_on"])


def shares_of(rows: Iterable[Row]) -> Frequencies:
    """How common the values of these rows are; one query."""
    from guiyan.engine.linkage import Frequencies

    columns = tuple(settings_in_force().frequencies)
    asked = {(column, row[column]) for row in rows for column in columns if row[column] is not None}
    found: dict[str, dict[int, float]] = defaultdict(dict)
    if asked:
        fields, values = zip(*sorted(asked), strict=True)
        for field, value, share in returned(ASKED, [list(fields), list(values)]):
            found[field][value] = share
    return Frequencies(found, state().people)
