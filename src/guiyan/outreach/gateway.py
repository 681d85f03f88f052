"""Text messages out: one HTTP JSON peer, named by GUIYAN_SMS_URL. `bin/guiyan sms-peer` is one to try it with.

POST {"key", "to", "text"} → 200 {"id"} once taken, 4xx {"code"} where it never will be. A key that the peer has
taken before is answered with the same id and sent to nobody again: that is what makes a killed job safe.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

SECONDS = 10
MOST_ANSWER = 64 * 1024


class Unreachable(Exception):
    """Nobody answered, or the peer cannot take anything now: try again later."""


class Rejected(Exception):
    """The peer will not send this message, whatever happens; the words say why."""


class Gateway(Protocol):
    def send(self, *, key: str, to: str, text: str) -> str:
        """Hand one message over and give the peer's own id of it. Raises Unreachable, Rejected."""


@dataclass(frozen=True)
class HttpGateway:
    url: str

    def send(self, *, key: str, to: str, text: str) -> str:
        body = json.dumps({"key": key, "to": to, "text": text}).encode()
        asked = urllib.request.Request(self.url, body, {"Content-Type": "application/json"}, method="POST")
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
                return read_id(answer.read(MOST_ANSWER))
        except urllib.error.HTTPError as error:
            if 400 <= error.code < 500 and error.code not in (408, 429):
                raise Rejected(read_error(error.read(MOST_ANSWER))) from None
            raise Unreachable(f"短信网关回复{error.code}") from None
        except (OSError, ValueError) as error:
            raise Unreachable(f"短信网关连不上（{type(error).__name__}）") from None


def read_id(content: bytes) -> str:
    found = json.loads(content)
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not found["id"]:
        raise ValueError("the answer has no id")
    return str(found["id"])[:80]


def read_error(content: bytes) -> str:
    """The peer's reason, without whatever of the message it repeats."""
    try:
        found = json.loads(content)
    except ValueError:
        return "短信网关拒收"
    code = found.get("code") if isinstance(found, dict) else None
    return f"短信网关拒收（{code}）" if isinstance(code, str) and code.isascii() and len(code) <= 40 else "短信网关拒收"


def gateway() -> Gateway | None:
    """The one that is set up; None: text messages are not sent at all."""
    return HttpGateway(settings.GUIYAN_SMS_URL) if settings.GUIYAN_SMS_URL else None
