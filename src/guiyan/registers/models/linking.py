"""Who may be whom: what people are compared by, keys to find candidates with, and what was decided of each pair."""

from __future__ import annotations

from django.db import models

from guiyan.registers import states


class LinkageRow(models.Model):
    """What linkage compares of one person, as `engine.linkage.rows.prepared` makes it: numbers and hashes.

    phone, id_number: keyed digests cut to 63 bits, so that nobody can try numbers against them.
    """

    subject_id = models.BigIntegerField(primary_key=True)
    region = models.BigIntegerField()
    name = models.BigIntegerField(null=True)
    swapped = models.BigIntegerField(null=True)
    former = models.BigIntegerField(null=True)
    sound = models.BigIntegerField(null=True)
    near = models.BigIntegerField(null=True)
    former_near = models.BigIntegerField(null=True)
    surname = models.BigIntegerField(null=True)
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    given = models.BigIntegerField(null=True)
    gender = models.SmallIntegerField(null=True)
    birth_year = models.SmallIntegerField(null=True)
    province = models.BigIntegerField(null=True)
    city = models.BigIntegerField(null=True)
    county = models.BigIntegerField(null=True)
    town = models.BigIntegerField(null=True)
    school = models.BigIntegerField(null=True)
    graduation_year = models.SmallIntegerField(null=True)
    employer = models.BigIntegerField(null=True)
    employer_own = models.BigIntegerField(null=True)
    phone = models.BigIntegerField(null=True)
    id_number = models.BigIntegerField(null=True)


class LinkageKey(models.Model):
    """A blocking key of a person: two people are compared if they share one."""

    key = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    region = models.BigIntegerField()

    class Meta:
        indexes = [
            # With all that the wall asks, so that a look-up reads the index alone.
            models.Index(fields=["key"], include=["subject_id", "region"], name="people_of_a_key"),
            models.Index(fields=["subject_id"], name="keys_of_a_person"),
        ]


class LinkageShare(models.Model):
    """How common a value is among the known: agreeing on it then says less. share: of all people."""

    field = models.CharField(max_length=16)
    value = models.BigIntegerField()
    share = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["field", "value"], name="one_share_of_a_value")]


class LinkageState(models.Model):
    """One row. built_upto: the last known person whose row and keys were made when linkage was switched on.

    settings: the version that rows, keys and shares are of. people: of how many the shares are.
    """

    settings = models.CharField(max_length=40)
    built_upto = models.BigIntegerField(default=0)
    is_built = models.BooleanField(default=False)
    people = models.BigIntegerField(default=0)
    counted_on = models.DateField(null=True)


class LinkageWaiting(models.Model):
    """A person who is new or changed, and is yet to be looked at. import_id: the file that brought her."""

    subject_id = models.BigIntegerField(primary_key=True)
    import_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["import_id"], condition=models.Q(import_id__isnull=False), name="waiting_of_an_import")
        ]


class PersonLink(models.Model):
    """What is thought of two subjects: whether they are one person, why, and who decided. One row a pair.

    first_id < second_id: as they were found, whatever they were merged into later. new_id: the one that came later.
    merged_id: of the two, the one that leads to the other while the verdict is `same` (0: neither).
    how: the system by the settings named, an officer from the queue, or by hand. probability, parts: at that time;
    parts: [what, in words, points or null], no names and no numbers.
    finding: what has to be looked at though they are one (numbers that differ, a benefit had twice).
    region: the smallest place that both lie in, so that whoever sees the row may see both.
    """

    VERDICTS = [
        (states.LINK_WAITING, "待核对"),
        (states.LINK_ASIDE, "先放着"),
        (states.LINK_SAME, "同一人"),
        (states.LINK_APART, "不是同一人"),
        (states.LINK_VOID, "不用再看"),
    ]
    HOWS = [(states.BY_SYSTEM, "自动对上"), (states.BY_REVIEW, "核对后合并"), (states.BY_HAND, "手工合并")]

    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    new_id = models.BigIntegerField()
    merged_id = models.BigIntegerField(default=0)
    verdict = models.CharField(max_length=8, choices=VERDICTS)
    how = models.CharField(max_length=8, choices=HOWS)
    probability = models.FloatField(null=True)
    settings = models.CharField(max_length=40, blank=True)
    parts = models.JSONField(default=list)
    note = models.CharField(max_length=120, blank=True)
    finding = models.CharField(max_length=300, blank=True)
    import_id = models.BigIntegerField(null=True)
    region = models.BigIntegerField()
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_by_label = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first_id", "second_id"], name="one_row_of_a_pair"),
            models.CheckConstraint(
                condition=models.Q(first_id__lt=models.F("second_id")), name="pair_is_in_the_order_of_ids"
            ),
        ]
        indexes = [
            models.Index(fields=["verdict", "region", "-id"], name="links_of_a_place"),
            models.Index(fields=["second_id"], name="links_of_the_second"),
            models.Index(
                fields=["import_id", "verdict"],
                condition=models.Q(import_id__isnull=False),
                name="links_of_an_import",
            ),
        ]

    @property
    def pair(self) -> tuple[int, int]:
        return self.first_id, self.second_id
