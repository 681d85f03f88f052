"""Addresses of the API, closed to everybody without a key, and of its keys at the desk."""

from __future__ import annotations

from guiyan.accounts.models import ApiKey
from tests.access.doors import EVERYBODY, NOONE, Door, Values
from tests.access.people import OPERATOR
from tests.access.world import World

NEW_KEY: Values = {
    "name": "示例专区",
    "holder": "示例局",
    "scopes": ["measures"],
    "per_minute": "60",
    "expires_on": "2026-12-31",
}


def a_key(world: World) -> Values:
    return {"key_id": ApiKey.objects.get().pk}


DOORS = (
    Door("api:openapi-json", EVERYBODY, EVERYBODY),
    Door("api:openapi-view", EVERYBODY, EVERYBODY),
    Door("api:api-root"),
    Door("api:measures"),
    Door("api:measure", at=lambda world: {"measure_id": "startup-subsidy"}),
    Door("api:facts"),
    Door("api:screen"),
    Door("api:screen-file"),
    Door("api:registrations"),
    Door("api:registers"),
    Door("api:register-entries", at=lambda world: {"register_id": "listed"}),
    Door("api:register-report", at=lambda world: {"register_id": "listed"}),
    Door("api:register-entry", at=lambda world: {"register_id": "listed", "entry_id": 1}),
    Door("api:registration-fields"),
    Door("ops:keys", frozenset({OPERATOR})),
    Door("ops:key-new", frozenset({OPERATOR}), frozenset({OPERATOR}), body=lambda world: NEW_KEY),
    Door("ops:key-revoke", NOONE, frozenset({OPERATOR}), a_key),
)
