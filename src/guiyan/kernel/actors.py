"""Who acts: what every action takes first. Users, posts and roles are in accounts; here is only their outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from guiyan.kernel.regions import Interval

Kind = Literal["user", "system", "public"]


@dataclass(frozen=True)
class Grant:
    """One post's powers within one range. Permissions of one grant never meet the range of another.

    regions: intervals of region codes; unit_id: the post's unit.
    own_unit_only: only what that unit handles itself (inside `regions`, if any are given).
    """

    role: str
    permissions: frozenset[str]
    regions: tuple[Interval, ...]
    unit_id: int | None = None
    own_unit_only: bool = False
    post_id: int | None = None
    title: str = ""


class Actor(Protocol):
    """Whoever does something: a signed-in user, the system itself, or a visitor nobody knows."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def subject_id(self) -> int | None: ...
    @property
    def subject_ids(self) -> frozenset[int]: ...
    @property
    def grants(self) -> tuple[Grant, ...]: ...
    @property
    def stands_in_for(self) -> int | None: ...
    @property
    def persons(self) -> frozenset[int]: ...
    @property
    def concerned_ids(self) -> frozenset[int]: ...


@dataclass(frozen=True)
class FixedActor:
    """An actor as a value: the system, the public, or a user as read at one moment.

    subject_id: the resident, canonical; earlier_ids: what was merged into her, and still stands on older rows.
    stands_in_for: the officer whose deputy this is (代岗); the grants are hers then, and the deputy's own rest.
    her_subject_ids: the deputised officer's own affairs: no right of the deputy's, but nothing he may decide either.
    """

    kind: Kind
    label: str
    user_id: int | None = None
    subject_id: int | None = None
    grants: tuple[Grant, ...] = ()
    username: str = ""
    earlier_ids: tuple[int, ...] = ()
    stands_in_for: int | None = None
    her_subject_ids: frozenset[int] = frozenset()

    @property
    def persons(self) -> frozenset[int]:
        """Who does it, by user ids: a deputy counts as himself and as the officer he stands in for."""
        return frozenset(one for one in (self.user_id, self.stands_in_for) if one is not None)

    @property
    def concerned_ids(self) -> frozenset[int]:
        """Whose affairs this actor must leave to colleagues."""
        return self.subject_ids | self.her_subject_ids

    @property
    def subject_ids(self) -> frozenset[int]:
        """Every id under which rows of this person stand; empty for who is no resident."""
        return frozenset(self.earlier_ids) | ({self.subject_id} if self.subject_id is not None else frozenset())


SYSTEM: Actor = FixedActor("system", "系统")
PUBLIC: Actor = FixedActor("public", "访客")


def holds(actor: Actor, permission: str) -> bool:
    """Whether any grant of the actor holds the permission, wherever it reaches. For menus, not for objects."""
    return actor.kind == "system" or any(permission in grant.permissions for grant in actor.grants)
