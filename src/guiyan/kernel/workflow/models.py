"""The rows of a flow: the log, the clocks with their pauses, the parallel steps; `Flowed` is any object on one.

Each row carries the region, unit and subject of its object, because walls stand on columns.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models


class Walled(models.Model):
    region = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class OfObject(Walled):
    object_type = models.TextField()
    object_id = models.BigIntegerField()

    class Meta:
        abstract = True


class Flowed(models.Model):
    """An object on a flow. `workflow.begin` sets these fields, `workflow.advance` alone changes them.

    flow_object is what its flow must be for (`object:` in the pack): case, batch, supervision, objection, document.
    `region`, `unit_id` and `subject_id`, where a subclass has them, are the wall of its log, clocks and steps too.
    """

    flow_object: ClassVar[str]

    flow = models.TextField()
    release = models.BigIntegerField()
    state = models.TextField()
    state_since = models.DateTimeField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to write a state that did not come through the gate."""
        written = kwargs.get("update_fields")
        if (written is None or "state" in written) and self.__dict__.get("state") != self.state_in_database():
            raise StateNotThroughGate(
                f"{self._meta.label} {self.pk}: state {self.state} was set by hand; use workflow.begin or advance"
            )
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        found = super().from_db(*args, **kwargs)
        found.remember_state()
        return found

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.remember_state()

    def remember_state(self) -> None:
        self._state_in_database = self.__dict__.get("state")

    def state_in_database(self) -> str | None:
        return getattr(self, "_state_in_database", None)

    def save_from_gate(self, **kwargs: Any) -> None:
        """For the gate only."""
        super().save(**kwargs)
        self.remember_state()


class Handled(Flowed):
    """An object that can be handed over (转办). Empty: anybody's whose post may act. The gate alone writes these.

    handler_unit_id alone: whoever of that unit may act. What was handed over is given back when its stage ends.
    """

    handler_id = models.BigIntegerField("转给谁办", null=True)
    handler_unit_id = models.BigIntegerField("转给哪个单位", null=True)
    handler_label = models.TextField(default="", blank=True)

    class Meta:
        abstract = True


class StateNotThroughGate(AssertionError):
    """A programming error: somebody wrote `state` beside the gate."""


class WorkflowLog(OfObject):
    """One step of one object, for good. The states of an object can be played back from it."""

    flow = models.TextField()
    release = models.BigIntegerField()
    verb = models.TextField()
    label = models.TextField()
    from_state = models.TextField()
    to_state = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.TextField()
    for_id = models.BigIntegerField(null=True)  # whom the actor stood in for (代岗)
    on_behalf = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "workflow_log"
        indexes = (models.Index(fields=["object_type", "object_id", "id"], name="workflow_log_object"),)


class ClockRow(OfObject):
    """One run of a clock. `due_on` is empty while it stands still; `round` counts the runs of the same clock."""

    clock = models.TextField()
    label = models.TextField()
    round = models.IntegerField()
    started_on = models.DateField()
    days = models.IntegerField()
    day_kind = models.TextField()
    warn_days = models.IntegerField()
    due_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)

    class Meta:
        db_table = "kernel_clock"
        indexes = (
            models.Index(fields=["object_type", "object_id", "clock"], name="kernel_clock_object"),
            models.Index(
                fields=["object_type", "due_on"], name="kernel_clock_due", condition=models.Q(stopped_on__isnull=True)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["object_type", "object_id", "clock"],
                name="kernel_clock_one_running",
                condition=models.Q(stopped_on__isnull=True),
            ),
            models.CheckConstraint(condition=models.Q(days__gte=1), name="kernel_clock_has_days"),
        )


class ClockPause(Walled):
    """An interval in which the clock stands, with the reason told to people."""

    clock = models.ForeignKey(ClockRow, on_delete=models.PROTECT, related_name="pauses")
    paused_on = models.DateField()
    resumed_on = models.DateField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "kernel_clock_pause"
        constraints = (
            models.UniqueConstraint(
                fields=["clock"], name="kernel_clock_one_pause", condition=models.Q(resumed_on__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(resumed_on__isnull=True) | models.Q(resumed_on__gte=models.F("paused_on")),
                name="kernel_clock_pause_ends_later",
            ),
        )


class StepRow(OfObject):
    """One parallel step. `unit_id` is the unit that does it, so that its own wall opens for them."""

    group = models.TextField()
    step = models.TextField()
    label = models.TextField()
    round = models.IntegerField()
    state = models.TextField(choices=[(name, name) for name in ("open", "passed", "failed", "dropped")])
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.TextField(default="")
    note = models.TextField(default="")

    class Meta:
        db_table = "kernel_step"
        indexes = (
            models.Index(fields=["unit_id", "due_on"], name="kernel_step_todo", condition=models.Q(state="open")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["object_type", "object_id", "group", "step", "round"], name="kernel_step_once_a_round"
            ),
        )


class OpinionRow(OfObject):
    """An opinion asked beside a step (加签): of one person, or of whoever answers for a unit.

    `unit_id` is the unit asked, so that its own wall opens; `asked_user_id` the person, if one was named.
    `shown` is all that is shown to who may not see the object itself.
    """

    asked_user_id = models.BigIntegerField(null=True)
    asked_label = models.TextField()
    stage = models.TextField()
    title = models.TextField()
    question = models.TextField()
    shown = models.JSONField(default=list)
    required = models.BooleanField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_label = models.TextField()
    state = models.TextField(choices=[(name, name) for name in ("open", "agree", "against", "dropped")], default="open")
    answer = models.TextField(default="")
    done_at = models.DateTimeField(null=True)
    done_by_id = models.BigIntegerField(null=True)
    done_by_label = models.TextField(default="")

    class Meta:
        db_table = "kernel_opinion"
        indexes = (
            models.Index(fields=["object_type", "object_id"], name="kernel_opinion_object"),
            models.Index(fields=["unit_id", "due_on"], name="kernel_opinion_todo", condition=models.Q(state="open")),
            models.Index(
                fields=["asked_user_id", "due_on"], name="kernel_opinion_mine", condition=models.Q(state="open")
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="open", done_at=None) | (~models.Q(state="open") & ~models.Q(done_at=None)),
                name="kernel_opinion_done_or_open",
            ),
            # The same question to the same colleague twice is a second click.
            models.UniqueConstraint(
                fields=["object_type", "object_id", "unit_id", "asked_user_id"],
                name="kernel_opinion_asked_once",
                condition=models.Q(state="open"),
                nulls_distinct=False,
            ),
        )
