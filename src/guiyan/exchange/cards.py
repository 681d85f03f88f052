"""What two systems give each other once: a name and two public keys, as a line of text, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from guiyan.exchange.keys import OwnKeys
from guiyan.kernel.errors import Refused

KEY_BYTES = 32
LONGEST_NAME = 80
MARK = "guiyan-card-1"


@dataclass(frozen=True)
class Card:
    """signing: Ed25519, sealing: X25519; 32 bytes each, public."""

    name: str
    signing: bytes
    sealing: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of both keys, in hex; the name is not part of it."""
        return hashlib.sha256(self.signing + self.sealing).hexdigest()

    @property
    def text(self) -> str:
        told = {
            "kind": MARK,
            "name": self.name,
            "signing": b64encode(self.signing).decode(),
            "sealing": b64encode(self.sealing).decode(),
        }
        return json.dumps(told, ensure_ascii=False)


def card_of(name: str, keys: OwnKeys) -> Card:
    return Card(name[:LONGEST_NAME], keys.signing_public, keys.sealing_public)


def read_card(text: str) -> Card:
    """Raises Refused in words for anything that is not a whole card."""
    wrong = Refused("这不是一张完整的交换名片。请让对方在“上下交换 → 往来单位”页复制整段发来。", "card")
    try:
        told = json.loads(text)
        if not isinstance(told, dict) or told.get("kind") != MARK:
            raise wrong
        card = Card(
            str(told["name"]).strip(),
            b64decode(told["signing"], validate=True),
            b64decode(told["sealing"], validate=True),
        )
    except (ValueError, KeyError, TypeError, NotBase64) as error:
        raise wrong from error
    if not card.name or len(card.name) > LONGEST_NAME or {len(card.signing), len(card.sealing)} != {KEY_BYTES}:
        raise wrong
    return card


def in_groups(fingerprint: str) -> str:
    """As two people read it to each other: the first 32 digits by fours."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, 32, 4)).upper()
