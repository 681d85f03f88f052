"""`bin/guiyan sms-peer`: a text message gateway to try things with. It takes, keeps, and can be told to refuse.

POST /          {"key", "to", "text"} → {"id"}; a key taken before is answered as before and kept once
GET  /messages  what was taken, the numbers masked
POST /refuse    {"how": "reject" | "down" | "no", "times": N}: the next N are refused for good, or as if it were down

It listens on this machine alone and sends nothing to anybody.
"""

from __future__ import annotations

import argparse
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from guiyan.cli.environment import home, say

MOST_BYTES = 64 * 1024
HOW = ("reject", "down", "no")


class Box:
    """What was taken, by key; kept in a file, so that a peer started again knows it."""

    def __init__(self, file: Path) -> None:
        self.file, self.lock = file, threading.Lock()
        self.how, self.times = "no", 0
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self.taken: dict[str, dict[str, str]] = {row["key"]: row for row in map(json.loads, lines)}

    def refusal(self) -> str:
        """How the message now coming is refused; empty: it is not."""
        if self.how == "no" or self.times == 0:
            return ""
        self.times -= 1
        return self.how

    def take(self, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            key, to, text = (str(message.get(name) or "") for name in ("key", "to", "text"))
            if not (key and to and text):
                return 400, {"code": "incomplete"}
            if key in self.taken:
                return 200, {"id": self.taken[key]["id"]}
            refused = self.refusal()
            if refused:
                return (422, {"code": "refused"}) if refused == "reject" else (503, {"code": "down"})
            row = {"id": f"peer-{len(self.taken) + 1}", "key": key, "to": masked(to), "text": text}
            self.taken[key] = row
            with self.file.open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(row, ensure_ascii=False) + "\n")
            return 200, {"id": row["id"]}

    def refuse(self, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        how, times = told.get("how"), told.get("times", 1)
        if how not in HOW or not isinstance(times, int):
            return 400, {"code": "how"}
        with self.lock:
            self.how, self.times = how, times
        return 200, {"how": how, "times": times}


def masked(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "****"


class Peer(ThreadingHTTPServer):
    """Its address is `url`; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, port: int, file: Path) -> None:
        self.box = Box(file)
        super().__init__(("127.0.0.1", port), Answering)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Answering(BaseHTTPRequestHandler):
    server: Peer

    def do_GET(self) -> None:
        if self.path != "/messages":
            self.answer(404, {"code": "path"})
            return
        with self.server.box.lock:
            taken = list(self.server.box.taken.values())
        self.answer(200, {"messages": taken})

    def do_POST(self) -> None:
        acts = {"/": self.server.box.take, "/refuse": self.server.box.refuse}
        size = int(self.headers.get("Content-Length") or 0)
        if self.path not in acts or size > MOST_BYTES:
            self.answer(404 if self.path not in acts else 413, {"code": "path"})
            return
        try:
            told = json.loads(self.rfile.read(size))
        except ValueError:
            told = None
        self.answer(*(acts[self.path](told) if isinstance(told, dict) else (400, {"code": "json"})))

    def answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: an address is no news, and what is in a message belongs in no log."""


def run(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/guiyan sms-peer", description="演示用的短信网关：收下、存着，不发给任何人。"
    )
    parser.add_argument("--port", type=int, default=8025, help="端口，默认 8025")
    options = parser.parse_args(argv)
    peer = Peer(options.port, home() / "sms-peer" / "messages.jsonl")
    say(f"演示短信网关在 {peer.url}，收到的在 {peer.url}messages")
    peer.serve_forever()
    return 0
