"""Who asks: the key of a request, checked and counted in a transaction of its own, so that refusals count too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from guiyan.accounts import api_keys
from guiyan.accounts.models import ApiKey
from guiyan.kernel.scope import Scope, entered

PLACE = "/api/"
OPEN = ("/api/v1/openapi.json", "/api/v1/docs")
BEARER = "Bearer "
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class KeyedRequest(HttpRequest):
    """`api_key` is set for every address but the description of the API itself."""

    api_key: ApiKey


class ApiDoor:
    """401 without a key that works today; 429 beyond what it may send in a minute."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: KeyedRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PLACE) or request.path_info in OPEN:
            return self.get_response(request)
        with entered(Scope.public_pages()):
            key = api_keys.key_of(secret_in(request))
            in_turn = key is not None and api_keys.take_turn(key)
        if key is None:
            return refusal(401, "key", "密钥不对、已到期或已停用。", {"WWW-Authenticate": "Bearer"})
        if not in_turn:
            return refusal(429, "limit", f"每分钟最多{key.per_minute}次，请稍后再试。", {"Retry-After": "60"})
        request.api_key = key
        return self.get_response(request)


def secret_in(request: HttpRequest) -> str:
    given = request.headers.get("Authorization", "")
    return given.removeprefix(BEARER).strip() if given.startswith(BEARER) else ""


def refusal(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> JsonResponse:
    """Every refusal of the API has this shape."""
    return JsonResponse(
        {"code": code, "message": message}, status=status, headers=headers, json_dumps_params={"ensure_ascii": False}
    )
