"""A person at a real browser's place: cookies, forms with their token, files; over HTTP to a real server."""

from __future__ import annotations

import http.client
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar

GONE = 0  # the server ended while it worked on the request
Files = Mapping[str, tuple[str, bytes]]


class Visitor:
    """`read` and `send` give status and text; status GONE when the server was killed on the way."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def sign_in(self, username: str) -> None:
        self.read("/sign-in/")
        status, text = self.send("/demo/as/", {"username": username})
        assert status == 200, text

    def read(self, path: str) -> tuple[int, str]:
        return self.ask(urllib.request.Request(self.base + path))

    def send(self, path: str, fields: Mapping[str, str], files: Files | None = None) -> tuple[int, str]:
        """Send a form; redirects are followed, so a success ends in the page after it."""
        content, kind = as_form({**fields, "csrfmiddlewaretoken": self.token()}, files or {})
        return self.ask(urllib.request.Request(self.base + path, content, {"Content-Type": kind}))

    def token(self) -> str:
        return next(str(one.value) for one in self.cookies if one.name == "csrftoken")

    def ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")
        except (http.client.HTTPException, ConnectionError, urllib.error.URLError):
            return GONE, ""


def as_form(fields: Mapping[str, str], files: Files) -> tuple[bytes, str]:
    """The body of a form with files, and its content type."""
    edge = secrets.token_hex(16)
    parts = []
    for name, value in fields.items():
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (filename, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
