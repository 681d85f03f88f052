"""Who is to be looked at: put down with what changed them, taken off with what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.kernel import jobs
from guiyan.packs.pack import Pack
from guiyan.registers import states
from guiyan.registers.linking import shares
from guiyan.registers.linking.keeping import keep
from guiyan.registers.linking.matching import look_at
from guiyan.registers.models import LinkageRow, LinkageWaiting, Subject
from guiyan.registers.writing.staging import run

LINK, BUILD, COUNT = "registers.link_people", "registers.build_linkage", "registers.count_linkage"
PIECE = 1_000
# Whom the changed entries are about, and whom they name (founders), as far as these are people; not who is blocked.
# A row that a job has in hand is waited for, so that the change is looked at after it.
PUT_DOWN = """
    INSERT INTO registers_linkagewaiting AS w (subject_id, import_id)
    SELECT s.id, {import_id} FROM registers_subject s WHERE s.kind = 'person'
      AND NOT EXISTS (SELECT FROM registers_block b WHERE b.subject_id = s.id AND b.lifted_at IS NULL)
      AND (s.id IN ({changed}) OR s.id IN (
      SELECT r.from_subject_id FROM registers_relation r
      WHERE r.assigned_at IS NULL AND r.to_subject_id IN ({changed})))
    ORDER BY s.id
    ON CONFLICT (subject_id) DO UPDATE SET import_id = coalesce(excluded.import_id, w.import_id)"""
THESE = PUT_DOWN.format(import_id="NULL::bigint", changed="SELECT unnest(%(ids)s::bigint[])")
OF_FILE = PUT_DOWN.format(
    import_id="%(run)s::bigint", changed="SELECT subject_id FROM registers_assertion WHERE import_id = %(run)s"
)


def put_down(subject_ids: Sequence[int]) -> None:
    if run(THESE, {"ids": list(subject_ids)}):
        ask(LINK)


def put_down_file(import_id: int) -> None:
    if run(OF_FILE, {"run": import_id}):
        ask(LINK)


def ask(job: str) -> None:
    """One piece at a time in the whole city: two people who came at once would not see each other otherwise."""
    jobs.defer(job, once_while_waiting=job, one_at_a_time=LINK)


def link_piece(pack: Pack) -> bool:
    """Look at the next who wait; whether there are more. Nobody is looked at before all who were known have keys."""
    if not shares.state().is_built:
        ask(BUILD)
        return False
    piece = dict(LinkageWaiting.objects.select_for_update().order_by("pk").values_list("pk", "import_id")[:PIECE])
    look_at(pack, list(piece), piece)
    LinkageWaiting.objects.filter(pk__in=piece).delete()
    if LinkageWaiting.objects.exists():
        return True
    recount_if_few()
    return False


def recount_if_few() -> None:
    """While a register is young its shares change with every file; later once a day is enough."""
    from guiyan.engine.linkage.frequencies import ENOUGH

    held = shares.state()
    if held.people < ENOUGH and LinkageRow.objects.count() > held.people * 1.2:
        ask(COUNT)


def build_piece(pack: Pack) -> bool:
    """Rows and keys of the next people who were known before; whether there are more. They are not linked."""
    held = shares.state()
    if held.is_built:
        return False
    known = Subject.objects.filter(kind=states.PERSON, pk__gt=held.built_upto).order_by("pk")
    ids = list(known.values_list("pk", flat=True)[:PIECE])
    # Who waits is not known yet: she is compared with those who are.
    keep(pack, set(ids) - set(LinkageWaiting.objects.filter(pk__in=ids).values_list("pk", flat=True)))
    held.built_upto, held.is_built = ids[-1] if ids else held.built_upto, len(ids) < PIECE
    held.save(update_fields=["built_upto", "is_built"])
    if held.is_built:
        ask(COUNT)
        if LinkageWaiting.objects.exists():
            ask(LINK)
    return not held.is_built
