"""What a key may ask."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from guiyan.kernel.errors import NotAllowed


def may(scope: str) -> Callable[[HttpRequest], object]:
    """For `auth=`: the key of the request, if it has this scope."""

    def check(request: HttpRequest) -> object:
        key = getattr(request, "api_key", None)
        if key is None or scope not in key.scopes:
            raise NotAllowed(f"这把密钥没有“{scope}”的范围。")
        return key

    return check
