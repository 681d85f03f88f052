"""Whom each of those without a helper would be given: by place and fit, best over all, within everyone's room."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiyan.accounts.permissions import require
from guiyan.engine.matching import Choice, share_out
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.regions import STEPS, subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.relation import StandingRelation
from guiyan.registers.models import Relation, Subject
from guiyan.registers.queries.relations import unserved
from guiyan.registers.relations.helpers import Helper, helpers_for, relation_of
from guiyan.registers.tables import attribute, table_of

MOST_IN_ROUND = 20_000
NOT_FIT = 4
"""What another trade costs against one level of place (village, town, county, city)."""

Group = tuple[tuple[int, ...], str]  # the helpers who serve the place, and the code that is to fit


@dataclass(frozen=True)
class Pair:
    subject_id: int
    region: int
    helper_id: int


@dataclass(frozen=True)
class Proposal:
    """What would happen, exactly. left: those for whom nobody has room or serves the place."""

    declared: StandingRelation
    region: int
    pairs: tuple[Pair, ...]
    left: tuple[tuple[int, int], ...]  # subject, region
    helpers: Mapping[int, Helper]

    @property
    def digest(self) -> str:
        text = ";".join(f"{pair.subject_id}>{pair.helper_id}" for pair in self.pairs)
        return hashlib.sha256(f"{self.declared.id}@{self.region}:{text}".encode()).hexdigest()

    def by_helper(self) -> list[tuple[Helper, int]]:
        """Each helper who would get somebody, with how many."""
        counts: dict[int, int] = defaultdict(int)
        for pair in self.pairs:
            counts[pair.helper_id] += 1
        return [(helper, counts[pk]) for pk, helper in self.helpers.items() if pk in counts]


class Place:
    """A region to ask permission for."""

    def __init__(self, region: int) -> None:
        self.region = region


def propose_helpers(actor: Actor, *, kind: str, region: int) -> Proposal:
    """The proposal for all who have nobody at a place and below. The same records give the same proposal."""
    declared = relation_of(kind)
    require(actor, "relation.assign", Place(region), unit=None, subject=None)
    low, high = subtree(region)
    rows = unserved(actor, declared).filter(region__gte=low, region__lt=high).order_by("subject_id")
    people = list(rows.values_list("subject_id", "region")[: MOST_IN_ROUND + 1])
    if len(people) > MOST_IN_ROUND:
        raise Refused(f"一次最多指派{MOST_IN_ROUND}人，请按县或按镇分几次。", "too-many")
    helpers = {helper.subject_id: helper for helper in helpers_for(declared)}
    with entered(Scope.system()):
        codes = codes_to_fit(declared, [subject_id for subject_id, _ in people])
    pairs, left = shared_out(people, helpers, codes)
    return Proposal(declared, region, tuple(pairs), tuple(left), helpers)


def codes_to_fit(declared: StandingRelation, subject_ids: Sequence[int]) -> dict[int, str]:
    """Subject → the code that a helper's list should hold: of the newest firm somebody founded."""
    if declared.fit is None:
        return {}
    fit = declared.fit
    same = dict(Subject.objects.filter(pk__in=subject_ids).values_list("pk", "canonical_id"))
    all_ids = Subject.objects.filter(canonical_id__in=set(same.values())).values_list("pk", "canonical_id")
    roots = dict(all_ids)
    founded = Relation.objects.filter(kind=fit.relation, from_subject_id__in=roots, assigned_at=None).order_by(
        "valid_from", "pk"
    )
    pairs = list(founded.values_list("from_subject_id", "to_subject_id"))
    firms = table_of(releases.current(), fit.register_)._default_manager.filter(subject_id__in={to for _, to in pairs})
    codes = dict(firms.values_list("subject_id", attribute(fit.of)))
    newest = {roots[person]: str(codes.get(firm) or "")[: fit.letters] for person, firm in pairs}
    return {subject_id: newest.get(root, "") for subject_id, root in same.items()}


def shared_out(
    people: Sequence[tuple[int, int]], helpers: Mapping[int, Helper], codes: Mapping[int, str]
) -> tuple[list[Pair], list[tuple[int, int]]]:
    """Pairs by subject, and who is left over."""
    serving = serving_by_region(helpers.values(), {region for _, region in people})
    groups: dict[Group, list[tuple[int, int]]] = defaultdict(list)
    for subject_id, region in people:
        groups[serving[region], codes.get(subject_id, "")].append((subject_id, region))
    choices = [
        Choice(group, helper_id, cost_of(helpers[helper_id], group[1])) for group in groups for helper_id in group[0]
    ]
    sizes = {group: len(members) for group, members in groups.items()}
    shares = share_out(sizes, {pk: helper.room for pk, helper in helpers.items()}, choices)
    pairs, left = [], []
    for group, members in groups.items():
        # Nobody is given to herself: whoever is a helper too goes to the end, and is left for a decision by hand.
        waiting = sorted(members, key=lambda one: (one[0] in group[0], one[0]))
        for helper_id in group[0]:
            for _ in range(shares.get((group, helper_id), 0)):
                subject_id, region = waiting.pop(0)
                if subject_id == helper_id:
                    left.append((subject_id, region))
                else:
                    pairs.append(Pair(subject_id, region, helper_id))
        left += waiting
    return sorted(pairs, key=lambda pair: pair.subject_id), sorted(left)


def serving_by_region(helpers: Iterable[Helper], regions: Iterable[int]) -> dict[int, tuple[int, ...]]:
    areas = [(one.subject_id, *subtree(one.area)) for one in helpers]
    return {region: tuple(pk for pk, low, high in areas if low <= region < high) for region in regions}


def cost_of(helper: Helper, code: str) -> int:
    """The nearer the place and the fitter the trade the less; whoever founded nothing yet fits everybody."""
    low, high = subtree(helper.area)
    far = sum(1 for _, step in STEPS if step < high - low)
    return far + (NOT_FIT if code and helper.skills and code not in helper.skills else 0)
