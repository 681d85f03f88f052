"""The tables of accounts. None has a wall: they say who may pass one."""

from __future__ import annotations

from guiyan.accounts.models.deputy import Deputy
from guiyan.accounts.models.place import Region, Unit
from guiyan.accounts.models.power import Grant, Post
from guiyan.accounts.models.user import User, WrongTry

__all__ = ["Deputy", "Grant", "Post", "Region", "Unit", "User", "WrongTry"]
