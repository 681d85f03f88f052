"""Opening a round fixes whom it visits; closing it says who was not. One statement each, however many people."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.turns import take_turn
from guiyan.packs.survey import Survey
from guiyan.registers import states
from guiyan.registers.models import Subject, SurveyReminder, SurveyRound, SurveyVisit
from guiyan.registers.queries.datasets import dataset
from guiyan.registers.queries.where import where

RUN = "survey.run"
LONGEST_DAYS = 366


class At:
    """A place to ask permission for."""

    def __init__(self, region: int) -> None:
        self.region = region


def survey_of(survey_id: str) -> Survey:
    found = releases.current().surveys.get(survey_id)
    if found is None:
        raise NotFound("没有这项调查。")
    return found


def asked_in(survey: Survey, region: int) -> QuerySet[Model]:
    """The entries that a round in this place would visit; of people who were found to be one, the one that stays."""
    low, high = subtree(region)
    rows = dataset(survey.register_).rows.filter(region__gte=low, region__lt=high)
    if survey.where:
        rows = rows.filter(where(survey.where, releases.current().registers[survey.register_].catalogue))
    held = dataset(survey.register_).rows.order_by().values("subject_id")
    merged = Subject.objects.filter(merged_into_id__isnull=False, canonical_id__in=held)
    return rows.exclude(subject_id__in=merged.values("pk"))


@transaction.atomic
def open_round(actor: Actor, *, survey: str, title: str, region: int, from_on: date, to_on: date) -> SurveyRound:
    """Fix everybody to be visited. Refused while another round of the survey is open here, around or below."""
    declared = survey_of(survey)
    require(actor, RUN, At(region), unit=None)
    refuse_days(from_on, to_on)
    take_turn(f"survey:{survey}")
    with entered(Scope.system()):
        refuse_overlap(survey, region)
        opened = SurveyRound.objects.create(
            survey=survey,
            register=declared.register_,
            title=title.strip(),
            region=region,
            from_on=from_on,
            to_on=to_on,
            opened_at=now(),
            opened_by=actor.user_id,
            opened_by_label=actor.label[:80],
        )
        opened.listed = list_visits(opened, declared)
        if not opened.listed:
            raise Refused("这个地方没有要访的人，不用开这一轮。先把名录导入，或换一个地方。", "nobody")
        opened.save(update_fields=["listed"])
        detail: dict[str, audit.Value] = {"survey": survey, "visits": opened.listed}
        audit.record(actor, "survey.open", f"round:{opened.pk}", region=region, detail=detail)
    return opened


def list_visits(opened: SurveyRound, survey: Survey) -> int:
    """One row a visit, without any of them passing through here."""
    people = asked_in(survey, opened.region).order_by("region", "subject_id").values("subject_id", "region")
    chosen, parameters = people.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registers_surveyvisit (round_id, subject_id, region, standing, added, answers, reason, note,"
            " actor_label) SELECT %s, found.subject_id, found.region, %s, false, '{}'::jsonb, '', '', ''"
            f" FROM ({chosen}) found",
            [opened.pk, states.VISIT_DUE, *parameters],
        )
        return int(cursor.rowcount)


def refuse_days(from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise Refused("结束日期早于开始日期。", "to_on")
    if (to_on - from_on).days > LONGEST_DAYS:
        raise Refused(f"一轮最长{LONGEST_DAYS}天。", "to_on")


def refuse_overlap(survey: str, region: int) -> None:
    low, high = subtree(region)
    for other in SurveyRound.objects.filter(survey=survey, closed_at=None):
        other_low, other_high = subtree(other.region)
        if low < other_high and other_low < high:
            raise Refused(f"“{other.title}”还没有结束，地方有重叠。先结束那一轮，再开新的。", "overlap")


@transaction.atomic
def close_round(actor: Actor, *, round_id: int) -> SurveyRound:
    """Visits still due become missed. What phones send afterwards goes into the register alone."""
    with entered(Scope.system()):
        found = SurveyRound.objects.select_for_update().filter(pk=round_id).first()
        if found is None:
            raise NotFound
        require(actor, RUN, found, unit=None, subject=None)
        if not found.is_open:
            raise Refused("这一轮已经结束了。", "closed")
        found.closed_at, found.closed_by_label = now(), actor.label[:80]
        found.save(update_fields=["closed_at", "closed_by_label"])
        due = SurveyVisit.objects.filter(round=found, standing=states.VISIT_DUE)
        missed = due.update(standing=states.VISIT_MISSED)
        audit.record(actor, "survey.close", f"round:{found.pk}", region=found.region, detail={"missed": missed})
    return found


@transaction.atomic
def remind(actor: Actor, *, round_id: int, region: int) -> SurveyReminder:
    """Say in the work of the officers of a place that its visits are waited for."""
    with entered(Scope.system()):
        found = SurveyRound.objects.filter(pk=round_id).first()
        if found is None:
            raise NotFound
        require(actor, RUN, At(region), unit=None)
        low, high = subtree(region)
        round_low, round_high = subtree(found.region)
        if not (round_low <= low and high <= round_high):
            raise NotFound
        if not found.is_open:
            raise Refused("这一轮已经结束了，不用催了。", "closed")
        visits = SurveyVisit.objects.filter(round=found, region__gte=low, region__lt=high)
        left = visits.filter(standing=states.VISIT_DUE).count()
        if not left:
            raise Refused("这里已经全部访完。", "done")
        said = SurveyReminder.objects.create(
            round=found, region=region, left=left, at=now(), user_id=actor.user_id, actor_label=actor.label[:80]
        )
        audit.record(actor, "survey.remind", f"round:{found.pk}", region=region, detail={"left": left})
    return said


def add_visit(found: SurveyRound, subject_id: int, region: int) -> SurveyVisit:
    """The visit of somebody in this round; one who was not listed is added to it."""
    visit, _ = SurveyVisit.objects.select_for_update().get_or_create(
        round=found, subject_id=subject_id, defaults={"region": region, "added": True}
    )
    return visit
