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


@dataclass(frozen=True)
class FixedActor:
    """An actor as a value: the system, the public, or a user as read at one moment.

    subject_id: the resident, canonical; earlier_ids: what was merged into her, and still stands on older rows.
    """

    kind: Kind
    label: str
    user_id: int | None = None
    subject_id: int | None = None
    grants: tuple[Grant, ...] = ()
    username: str = ""
    earlier_ids: tuple[int, ...] = ()

    @property
    def subject_ids(self) -> frozenset[int]:
        """Every id under which rows of this person stand; empty for who is no resident."""
        return frozenset(self.earlier_ids) | ({self.subject_id} if self.subject_id is not None else frozenset())


SYSTEM: Actor = FixedActor("system", "系统")
PUBLIC: Actor = FixedActor("public", "访客")


def holds(actor: Actor, permission: str) -> bool:
    """Whether any grant of the actor holds the permission, wherever it reaches. For menus, not for objects."""
    return actor.kind == "system" or any(permission in grant.permissions for grant in actor.grants)
