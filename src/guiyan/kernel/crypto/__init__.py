"""Field encryption, blind indexes and signed tokens, by keys that lie under GUIYAN_HOME/keys.

Every ciphertext names its provider and key, so that keys can change and old values stay readable. `purpose` binds a
value to its place: what was encrypted for one purpose does not open for another. No certification is claimed.
"""

from guiyan.kernel.crypto.blind import blind_index, blind_indexer
from guiyan.kernel.crypto.envelope import CannotOpen, decrypt, encrypt, encryptor, is_current
from guiyan.kernel.crypto.field import EncryptedText
from guiyan.kernel.crypto.keys import rotate
from guiyan.kernel.crypto.opaque import from_opaque, opaque
from guiyan.kernel.crypto.tokens import sign, verify

__all__ = [
    "CannotOpen",
    "EncryptedText",
    "blind_index",
    "blind_indexer",
    "decrypt",
    "encrypt",
    "encryptor",
    "from_opaque",
    "is_current",
    "opaque",
    "rotate",
    "sign",
    "verify",
]
