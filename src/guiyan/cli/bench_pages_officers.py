"""Who opens pages in `bench pages`: an officer of a town, of its county, and of the city."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.packs import Pack


@dataclass(frozen=True)
class Officer:
    place: str  # town | county | city
    username: str
    unit: str
    role: str
    region: int


OFFICERS = (
    Officer("town", "bench-town", "421224107-government", "acceptor", 421224107000),
    Officer("county", "bench-county", "421224-human-resources", "acceptor", 421224000000),
    Officer("city", "bench-city", "4212-human-resources", "policy-officer", 421200000000),
)


def make_officers(pack: Pack) -> None:
    from guiyan.accounts.actions import grant_role
    from guiyan.accounts.models import Post, Unit, User

    for one in OFFICERS:
        user = User.objects.create(username=one.username, name=one.place, password="!")
        post = Post.objects.create(user=user, unit=Unit.objects.get(code=one.unit))
        grant_role(post, one.role, pack.roles[one.role], (one.region,))
