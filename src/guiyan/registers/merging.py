"""Two subjects found to be one, and taken apart again. Nothing is moved: only where `canonical_id` points."""

from __future__ import annotations

from guiyan.kernel import releases
from guiyan.kernel.errors import Refused
from guiyan.registers.models import Subject
from guiyan.registers.totals import settle_merged


def merge_into(kept: Subject, merged: Subject) -> None:
    """Both rows are locked by the caller, in the order of ids."""
    if kept.kind != merged.kind:
        raise Refused("一个是个人，一个是单位，不能合并。", "different-kinds")
    if kept.canonical_id == merged.canonical_id:
        raise Refused("这两条已经是同一个档案。", "already-merged")
    if merged.merged_into_id is not None:
        raise Refused("要并入的档案已经并入别的档案，请先拆开。", "already-merged")
    merged.merged_into_id = kept.canonical_id
    merged.save(update_fields=["merged_into_id"])
    group = list(Subject.objects.filter(canonical_id__in=[kept.canonical_id, merged.pk]).values_list("pk", flat=True))
    Subject.objects.filter(canonical_id=merged.pk).update(canonical_id=kept.canonical_id)
    settle_merged(releases.current(), group)


def take_apart(merged: Subject) -> None:
    """The subject and all that had been merged into it stand by themselves again."""
    if merged.merged_into_id is None:
        raise Refused("这个档案没有并入别的档案，不用拆开。", "not-merged")
    group = list(Subject.objects.filter(canonical_id=merged.canonical_id).values_list("pk", flat=True))
    merged.merged_into_id = None
    merged.save(update_fields=["merged_into_id"])
    Subject.objects.filter(pk__in=below(merged.pk)).update(canonical_id=merged.pk)
    settle_merged(releases.current(), group)


def below(root: int) -> list[int]:
    """The subject and whatever was merged into it, through any number of steps."""
    found, edge = [root], [root]
    while edge:
        edge = list(Subject.objects.filter(merged_into_id__in=edge).values_list("pk", flat=True))
        found += edge
    return found
