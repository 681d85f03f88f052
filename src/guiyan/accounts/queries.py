"""Reading accounts: actors, units, regions. Open to all layers above; nothing here is personal but officers' names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from guiyan.accounts.models import Grant as GrantRow
from guiyan.accounts.models import Post, Region, Unit, User
from guiyan.kernel import identity, releases
from guiyan.kernel.actors import Actor, FixedActor, Grant
from guiyan.kernel.calendar import today
from guiyan.kernel.regions import STEPS, parent, subtree


def actor_of(user: User, on: date | None = None) -> Actor:
    """The user with the grants in force on that day (default: today of the business clock)."""
    rows = grants_in_force(user, on or today())
    roles = releases.current().roles if rows else {}
    grants = tuple(grant_of(row, frozenset(roles[row.role].permissions)) for row in rows if row.role in roles)
    ids = identity.known_as(user.subject_id) if user.subject_id is not None else (None,)
    return FixedActor("user", user.name, user.pk, ids[0], grants, user.username, ids[1:])


def actor_by_username(username: str, on: date | None = None) -> Actor:
    return actor_of(User.objects.get(username=username), on)


def user_by_username(username: str) -> User | None:
    """An account that may sign in, by its user name."""
    return User.objects.filter(username=username, is_active=True).first()


def usernames_of(user_ids: Iterable[int]) -> list[str]:
    return list(User.objects.filter(pk__in=list(user_ids)).values_list("username", flat=True))


def user_by_id(user_id: int) -> User | None:
    return User.objects.filter(pk=user_id).first()


def grants_in_force(user: User, on: date) -> list[GrantRow]:
    rows = GrantRow.objects.filter(valid_on(on), valid_on(on, "post__"), post__user=user)
    return list(rows.select_related("post"))


def valid_on(day: date, prefix: str = "") -> Q:
    begun = Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": day})
    return begun & (Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day}))


def grant_of(row: GrantRow, permissions: frozenset[str]) -> Grant:
    return Grant(
        role=row.role,
        permissions=permissions,
        regions=tuple(subtree(root) for root in row.regions),
        unit_id=row.post.unit_id,
        own_unit_only=row.unit_scope,
        post_id=row.post_id,
        title=row.post.title,
    )


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def units_of_kind(kind: str, region: int) -> QuerySet[Unit]:
    """Offices of one kind at or below a region."""
    low, high = subtree(region)
    return Unit.objects.filter(kind=kind, region__gte=low, region__lt=high)


def resolve_unit(name: str, on: date | None = None) -> Unit | None:
    """The office a text means by this name on that day; an abolished one leads to its successor.

    None when no office or more than one bears the name: guessing is worse than asking.
    """
    return resolve_units([name], on or today()).get(name.strip())


def resolve_units(names: Iterable[str], day: date) -> dict[str, Unit]:
    """The same for many names in one query, by the name without blanks around it."""
    wanted = {name.strip() for name in names} - {""}
    bearing = Q(name__in=wanted) | Q(short_name__in=wanted) | Q(aliases__overlap=list(wanted))
    living: dict[str, set[Unit]] = {}
    for found in Unit.objects.filter(bearing).select_related("successor") if wanted else ():
        unit = successor_on(found, day)
        if unit is not None:
            for name in wanted.intersection({found.name, found.short_name, *found.aliases}):
                living.setdefault(name, set()).add(unit)
    return {name: units.pop() for name, units in living.items() if len(units) == 1}


def successor_on(found: Unit, day: date) -> Unit | None:
    """The unit itself while it lives, else the first living one along its successors."""
    seen: set[int] = set()
    current: Unit | None = found
    while current is not None and current.valid_to is not None and current.valid_to < day:
        if current.pk in seen:
            return None
        seen.add(current.pk)
        current = current.successor
    return current


def regions_below(code: int) -> QuerySet[Region]:
    """All regions under `code`, itself not among them."""
    low, high = subtree(code)
    return Region.objects.filter(code__gt=low, code__lt=high)


def regions_within(intervals: Sequence[tuple[int, int]], levels: Sequence[str]) -> list[Region]:
    """The regions of these levels whose codes lie in any of the intervals, by code. One query."""
    inside = Q(pk__in=())
    for low, high in intervals:
        inside |= Q(code__gte=low, code__lt=high)
    return list(Region.objects.filter(inside, level__in=levels).order_by("code"))


def region_by_code(code: int) -> Region | None:
    return Region.objects.filter(code=code).first()


def region_names(codes: Iterable[int]) -> dict[int, str]:
    """Code → name, for those that are known."""
    return dict(Region.objects.filter(code__in=set(codes)).values_list("code", "name"))


def region_name(code: int) -> str:
    return Region.objects.values_list("name", flat=True).filter(code=code).first() or str(code)


def region_path(code: int) -> str:
    """County and below, written on: 通山县大畈镇. The city itself is its own path."""
    chain = chain_of(code)
    names = dict(Region.objects.filter(code__in=chain).values_list("code", "name"))
    return path_from(chain, names) or str(code)


def region_paths(codes: Iterable[int]) -> dict[int, str]:
    """`region_path` for many codes in one query."""
    return _paths({code: chain_of(code) for code in set(codes)})


def local_paths(actor: Actor, codes: Iterable[int]) -> dict[int, str]:
    """`region_paths` for a list: who works in one county reads 大畈镇, not the county's name in every row."""
    home = home_county(actor)
    chains = {code: chain_of(code) for code in set(codes)}
    return _paths({code: [one for one in chain if one != home] or chain for code, chain in chains.items()})


def home_county(actor: Actor) -> int | None:
    """The county in which all the actor may do lies; None for who works in several."""
    step = dict(STEPS)["county"]
    ranges = [one for grant in actor.grants for one in grant.regions]
    counties = {low - low % step for low, _ in ranges}
    inside = len(counties) == 1 and all(high <= low - low % step + step for low, high in ranges)
    return counties.pop() if inside else None


def _paths(chains: Mapping[int, list[int]]) -> dict[int, str]:
    wanted = {code for chain in chains.values() for code in chain}
    names = dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: path_from(chain, names) or str(code) for code, chain in chains.items()}


def chain_of(code: int) -> list[int]:
    """The code and its ancestors, highest first, down from the county; a city or province alone."""
    chain = [code]
    county_step = dict(STEPS)["county"]
    while chain[0] % county_step and (above := parent(chain[0])) is not None:
        chain.insert(0, above)
    return chain


def path_from(chain: list[int], names: dict[int, str]) -> str:
    return "".join(names.get(code, "") for code in chain)


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """What people are called, by their user ids."""
    return dict(User.objects.filter(pk__in=list(user_ids)).values_list("pk", "name"))


def posts_of(actor: Actor) -> list[Post]:
    """The posts behind the actor's grants, with their units."""
    ids = {grant.post_id for grant in actor.grants if grant.post_id is not None}
    return list(Post.objects.filter(pk__in=ids).select_related("unit").order_by("pk"))


def face_of(actor: Actor) -> dict[str, object]:
    """What the top bar of the desk says about who is at work."""
    posts = posts_of(actor) if actor.grants else []
    first = posts[0] if posts else None
    return {
        "name": actor.label,
        "unit": first.unit.name if first else "",
        "post": first.title if first else "",
        "posts": [
            {"label": f"{post.unit.short_name} {post.title}", "value": post.pk, "current": post is first}
            for post in posts
        ],
    }


def faces_of(user_ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """User → (office, post, name) of the newest post; for those who have one. In one query."""
    posts = Post.objects.filter(user_id__in=list(user_ids)).select_related("unit", "user").order_by("pk")
    return {post.user_id: (post.unit.name, post.title, post.user.name) for post in posts}


def user_ids_named(who: str) -> list[int]:
    """Accounts of this whole name or user name; a few, since more can't be told apart by a name."""
    return list(User.objects.filter(Q(name=who) | Q(username=who)).values_list("pk", flat=True)[:20])


def user_ids_in_unit(unit_id: int) -> list[int]:
    """Whoever has, or had, a post in it."""
    return list(Post.objects.filter(unit_id=unit_id).values_list("user_id", flat=True).distinct())


def working_units() -> list[tuple[int, str]]:
    """Units that somebody has or had a post in: id and name."""
    found = Unit.objects.filter(pk__in=Post.objects.values("unit_id")).order_by("region", "code")
    return list(found.values_list("pk", "name"))


def resident_ids() -> list[int]:
    """Accounts that act for themselves: they read what is their own."""
    return list(User.objects.exclude(subject_id=None).filter(posts=None).values_list("pk", flat=True))
