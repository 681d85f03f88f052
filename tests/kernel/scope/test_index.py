"""Behind the wall the planner still finds its indexes."""

from __future__ import annotations

from django.db import connection

from guiyan.kernel.scope import Scope, Wall, entered
from tests.fixtures import TestDatabase
from tests.kernel.scope.walled import as_owner, make_table


def test_a_county_officers_list_uses_the_index_on_region(committed_db: TestDatabase) -> None:
    make_table(committed_db, Wall("large_sample", region="region", subject="subject_id"))
    with entered(Scope.system()), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO large_sample (region, subject_id, label)"
            " SELECT 421200000000 + (n %% 40) * 1000000 + 101000, n, 'row ' || n FROM generate_series(1, %s) n",
            (20_000,),
        )
    with as_owner(committed_db) as owner:
        owner.execute("CREATE INDEX large_sample_region ON large_sample (region, label, id)")
        owner.execute("CREATE INDEX large_sample_subject ON large_sample (subject_id)")
        owner.commit()
        owner.autocommit = True
        owner.execute("ANALYZE large_sample")
    with entered(Scope(regions=((421224000000, 421225000000),))):
        listed = plan(
            "SELECT id FROM large_sample WHERE region >= 421224000000 AND region < 421225000000"
            " ORDER BY region, label, id LIMIT 20"
        )
        one = plan("SELECT id FROM large_sample WHERE subject_id = 24")
    assert "large_sample_region" in listed and "Seq Scan" not in listed
    assert "large_sample_subject" in one and "Seq Scan" not in one


def plan(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}")
        return "\n".join(line for (line,) in cursor.fetchall())
