"""A paper on the subsidy flow: the least object that a flow can move, with a table behind a wall."""

from __future__ import annotations

from typing import ClassVar

import psycopg
from django.conf import settings
from django.db import models

from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor, FixedActor
from guiyan.kernel.scope import Wall
from guiyan.kernel.workflow import Flowed, StepSpec
from tests.fixtures import TestDatabase

REGION = 421224000000
CHECKS = [StepSpec("market", "经营情况", unit_id=11, days=3), StepSpec("town", "现场核实", unit_id=12, days=5)]
TABLE = """
CREATE TABLE IF NOT EXISTS paper (
  id bigserial PRIMARY KEY, flow text NOT NULL, release bigint NOT NULL, state text NOT NULL,
  state_since timestamptz NOT NULL, region bigint, unit_id bigint, subject_id bigint)
"""


class Paper(Flowed):
    flow_object: ClassVar[str] = "case"

    region = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "papers"
        db_table = "paper"


def make_table(database: TestDatabase) -> None:
    wall = Wall("paper", region="region", unit="unit_id", subject="subject_id")
    with psycopg.connect(database.url("owner"), autocommit=True) as connection:
        connection.execute(TABLE)
        connection.execute("GRANT USAGE ON SEQUENCE paper_id_seq TO " + settings.GUIYAN_APP_ROLE)
        for statement in wall.statements(settings.GUIYAN_APP_ROLE):
            connection.execute(statement.encode())


def person(number: int, name: str = "", subject_id: int | None = None) -> Actor:
    return FixedActor("user", name or f"经办{number}", user_id=number, subject_id=subject_id)


APPLICANT = person(1, "刘春燕", subject_id=501)
CLERK, REVIEWER, SIGNER = person(2, "周敏"), person(3, "郑伟"), person(4, "许蓉")


def new_paper() -> Paper:
    paper = Paper(region=REGION, unit_id=7, subject_id=501)
    return workflow.begin(paper, "subsidy-case", actor=APPLICANT)


def submitted() -> Paper:
    return workflow.advance(new_paper(), "submit", actor=APPLICANT, facts={"materials_missing": 0})


def in_checks() -> Paper:
    return workflow.advance(submitted(), "accept", actor=CLERK, steps=CHECKS)


def in_review() -> Paper:
    paper = in_checks()
    for spec in CHECKS:
        workflow.finish_step(paper, spec.id, actor=person(20, "何平"), result="passed")
    return paper
