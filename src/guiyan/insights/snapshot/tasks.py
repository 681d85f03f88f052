"""Taking the city's facts every night, and when somebody asks for newer ones."""

from __future__ import annotations

from guiyan.insights.snapshot.kept import take
from guiyan.kernel import jobs, releases
from guiyan.packs.pack import Pack

TAKE, NIGHTLY = "insights.take_facts", "insights.take_facts_nightly"


def ask_for_facts() -> None:
    """Soon, once however often it is asked for while it waits."""
    jobs.defer(TAKE, once_while_waiting=TAKE, one_at_a_time=TAKE)


@jobs.job(TAKE, label="试算用的数据")
def take_facts() -> None:
    take_all(releases.current())


@jobs.every(24 * 3600, name=NIGHTLY, label="试算用的数据（每晚）")
def take_nightly() -> None:
    take_all(releases.current())


def take_all(pack: Pack) -> dict[str, int]:
    """Kind → how many; of every kind that a measure is for."""
    return {kind: take(pack, kind).rows for kind in sorted({one.kind for one in pack.measures.values()})}
