"""Every register as every scope: through its page, through the API, and as raw SQL under the application's role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from guiyan.accounts import api_keys
from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_by_username, actor_of
from guiyan.accounts.scope import scope_of
from guiyan.kernel import regions
from guiyan.kernel.actors import holds
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Pack
from guiyan.registers import queries
from guiyan.registers.models import RegisterColumn
from guiyan.registers.sample.declared import fill_declared
from guiyan.registers.sample.projects import fill_projects
from guiyan.registers.schema.columns import child_table, table_name
from tests.registers.factories import COUNTY

pytestmark = pytest.mark.usefixtures("scoped_db")
NEIGHBOUR = 421223000000
UNSEEN = {"mentor-service"}  # there are no mentors here whom it could be about
HEADED = "SELECT region, holder_id, unit_id FROM "
SENDERS = ("kongqing", "yanhong")  # schools, each with alumni of its own


@pytest.fixture
def filled(pack: Pack) -> Pack:
    """Entries of every declared register in every county."""
    fill_projects(pack, date(2026, 6, 8))
    fill_declared(pack, date(2026, 6, 8))
    return pack


def tables(pack: Pack) -> list[str]:
    """The tables of all registers, those of their lists among them."""
    lists = RegisterColumn.objects.filter(type="list").values_list("register", "field")
    return [table_name(name) for name in pack.registers] + [child_table(*one) for one in lists]


def test_raw_sql_under_the_application_role_gives_nobody_more_than_her_scope(filled: Pack) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
    everything = rows_of(Scope.system(), filled)
    assert sum(map(len, everything.values())) > 500
    for user in User.objects.filter(is_demo=True).order_by("username"):
        scope = scope_of(actor_of(user))
        for table, rows in rows_of(scope, filled).items():
            beyond = [
                (region, holder)
                for region, holder, unit in rows
                if not regions.within(scope.regions, region)
                and holder not in scope.subject_ids
                and unit not in scope.units
            ]
            assert not beyond, (user.username, table, beyond[:3])
    for sender in SENDERS:
        scope = scope_of(actor_by_username(sender))
        seen = {table: {unit for _, _, unit in rows} for table, rows in rows_of(scope, filled).items() if rows}
        assert not scope.regions and seen["reg_alumni"] == scope.units == set().union(*seen.values())
    for nobody in (Scope(), Scope.public_pages()):
        assert not any(rows_of(nobody, filled).values())


def rows_of(scope: Scope, pack: Pack) -> dict[str, list[tuple[int, int, int | None]]]:
    found = {}
    with entered(scope), connection.cursor() as cursor:
        for table in tables(pack):
            cursor.execute(f'{HEADED} "{table}"')
            found[table] = cursor.fetchall()
    return found


def test_a_page_shows_each_officer_the_entries_of_her_place_alone(
    filled: Pack, client_as: Callable[[str], Client]
) -> None:
    for name in ("zhoumin", "caoyun", "linzong", "helin"):
        actor = actor_by_username(name)
        ranges = [one for grant in actor.grants if "register.view" in grant.permissions for one in grant.regions]
        with entered(scope_of(actor)):
            for register in filled.registers.values():
                found = queries.entry_list(actor, register.id, size=200)
                assert all(regions.within(ranges, line.region) for line in found.lines), (name, register.id)
                assert found.lines or not register.sample or register.id in UNSEEN, (name, register.id)
    elsewhere = queries.entry_list(actor_by_username("helin"), "site", region=NEIGHBOUR, size=1).lines[0].subject_id
    assert client_as("zhoumin").get(f"/desk/registers/site/{elsewhere}/").status_code == 404
    assert client_as("caoyun").get(f"/desk/registers/site/{elsewhere}/").status_code == 200
    for name in ("huanglei", "liuchunyan", "lihuifang", "shenji", ""):
        assert not name or not holds(actor_by_username(name), "register.view")
        assert client_as(name).get("/desk/registers/site/").status_code in (302, 403, 404)


def test_a_key_of_a_county_reads_that_county_in_every_register(filled: Pack) -> None:
    made = api_keys.create_key(
        actor_by_username("yunwei"),
        name="县里的系统",
        holder="示例局",
        scopes=["registers"],
        per_minute=6_000,
        expires_on=date(2026, 12, 31),
        registers=list(filled.registers),
        region=COUNTY,
    )
    mine = {"HTTP_AUTHORIZATION": f"Bearer {made.secret}"}
    limits = regions.subtree(COUNTY)
    for register in filled.registers.values():
        answer = Client().get(f"/api/v1/registers/{register.id}/entries?limit=200", **mine)  # type: ignore[arg-type]
        entries = answer.json()["entries"]
        assert len(entries) == register.sample or not register.sample or register.id in UNSEEN, register.id
        assert all(limits[0] <= one["region"] < limits[1] for one in entries)
        hidden = [field.id for field in register.fields.values() if field.seen_by]
        assert all(one["fields"][name] is None for one in entries for name in hidden), register.id
