"""Survey rounds, the visits that each fixed when it opened, and what phones sent of them."""

from __future__ import annotations

from django.db import models

from guiyan.registers import states


class SurveyRound(models.Model):
    """One round of a survey in a place, from–to both included; open until somebody closes it.

    listed: how many visits it began with; those added later are counted by their rows.
    """

    survey = models.CharField(max_length=40)
    register = models.CharField(max_length=40)
    title = models.CharField(max_length=40)
    region = models.BigIntegerField()
    from_on = models.DateField()
    to_on = models.DateField()
    listed = models.IntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)
    opened_by_label = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)
    closed_by_label = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["survey", "-id"], name="rounds_of_a_survey")]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "region"], condition=models.Q(closed_at=None), name="one_open_round_of_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(from_on__lte=models.F("to_on")), name="round_ends_after_it_began"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class SurveyVisit(models.Model):
    """One person to be visited in a round, where she was at home when it was fixed.

    added: found in a household while the round was on. answers: of the fields that are compared, as JSON.
    reason: why she could not be asked. visited_on, at: the day of the visit, and when it came in.
    """

    STATES = [
        (states.VISIT_DUE, "待访"),
        (states.VISIT_DONE, "已访"),
        (states.VISIT_UNREACHED, "没访到"),
        (states.VISIT_MISSED, "结束时没访"),
    ]

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="visits")
    subject_id = models.BigIntegerField()
    region = models.BigIntegerField()
    standing = models.CharField(max_length=12, choices=STATES, default=states.VISIT_DUE)
    added = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    visited_on = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "subject_id"], name="one_visit_of_a_round")]
        indexes = [
            models.Index(fields=["round", "region", "standing"], name="visits_of_a_place"),
            models.Index(fields=["subject_id"], name="visits_of_a_person"),
        ]


class SentRecord(models.Model):
    """A record that a phone sent, by the number that the phone made; kept so that it is taken once.

    digest: of all that was sent. answer: what the phone was told.
    """

    number = models.UUIDField(primary_key=True)
    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField()
    answer = models.JSONField()
    user_id = models.BigIntegerField()
    region = models.BigIntegerField()
    at = models.DateTimeField()


class SurveyReminder(models.Model):
    """Officers of a place were reminded of what is left of a round there."""

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="reminders")
    region = models.BigIntegerField()
    left = models.IntegerField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["round", "region", "-id"], name="reminders_of_a_round")]
