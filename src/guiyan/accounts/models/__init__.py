"""The tables of accounts: who may pass a wall. Only what officers keep for themselves stands behind one."""

from __future__ import annotations

from guiyan.accounts.models.api_key import ApiKey, ApiUse
from guiyan.accounts.models.deputy import Deputy
from guiyan.accounts.models.place import Region, Unit
from guiyan.accounts.models.power import Grant, Post
from guiyan.accounts.models.saved_view import DefaultView, SavedView
from guiyan.accounts.models.user import User, WrongTry

__all__ = [
    "ApiKey",
    "ApiUse",
    "DefaultView",
    "Deputy",
    "Grant",
    "Post",
    "Region",
    "SavedView",
    "Unit",
    "User",
    "WrongTry",
]
