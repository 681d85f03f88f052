"""What can be done of a report before the database is asked: sealing, the JSON that is kept, digests. On any thread."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter

from guiyan.packs.register import Register
from guiyan.registers.declared import key_kind, key_of, key_text
from guiyan.registers.projection import CLEARED, CLEARED_JSON, Cleared
from guiyan.registers.sealing import Sealed, Sealer
from guiyan.registers.sealing import as_json as sealed_as_json
from guiyan.registers.states import KEY_NUMBER
from guiyan.registers.values import Value
from guiyan.registers.writing.reports import Report

Key = tuple[str, bytes]  # kind of key, digest


@dataclass(frozen=True, slots=True)
class Prepared:
    """values: typed, without empty ones, encrypted ones sealed. stored: the same as the JSON that an assertion keeps.

    digest: of what is said, not of how it is sealed, so that the same report is not taken twice.
    """

    report: Report
    key: Key | None
    region: int | None
    values: Mapping[str, Value | Sealed | Cleared]
    stored: str
    digest: bytes


def prepare(register: Register, reports: Sequence[Report]) -> list[Prepared]:
    """Raises KeyError for a field that the register does not have, or that follows from entries."""
    sealer = Sealer()
    # In the order of names, as the digest needs them. The second: how the field's JSON begins; the third: sealed as.
    fields = [
        (name, f'"{name}": ', field.type if field.encrypted else None)
        for name, field in sorted(((one.id, one) for one in register.reported), key=itemgetter(0))
    ]
    known = frozenset(name for name, _, _ in fields)
    return [prepared(register, fields, known, sealer, report) for report in reports]


def prepared(
    register: Register,
    fields: Sequence[tuple[str, str, str | None]],
    known: frozenset[str],
    sealer: Sealer,
    report: Report,
) -> Prepared:
    said = report.values
    if not said.keys() <= known:
        raise KeyError(f"{register.id} has no field to report {sorted(said.keys() - known)}")
    values: dict[str, Value | Sealed | Cleared] = {}
    stored, plain = [], []
    for name, opening, sealed_as in fields:
        value = said.get(name)
        if value is None:
            if name in report.cleared:
                values[name] = CLEARED
                stored.append(f"{opening}{CLEARED_JSON}")
                plain.append(f"{opening}{CLEARED_JSON}")
            continue
        if sealed_as is not None:
            sealed = values[name] = sealer.seal(sealed_as, str(value))
            stored.append(opening + sealed_as_json((sealed.text, sealed.digest)))
            plain.append(f'{opening}"{sealed.digest.hex()}"')
        else:
            values[name] = value
            part = opening + (encode_basestring(value) if type(value) is str else as_json(value))
            stored.append(part)
            plain.append(part)
    told = f'["{register.id}", {encode_basestring(report.source)}, {day_as_json(report.at)}, {{{", ".join(plain)}}}]'
    if report.unit_id is not None:  # two senders may say the same, each for itself
        told += f"@{report.unit_id}"
    if register.journal is not None:
        key = key_of_happening(register, report, plain, sealer)
    else:
        key = key_of_report(register, values, sealer)
    return Prepared(
        report,
        key,
        region_of(register, values),
        values,
        f"{{{', '.join(stored)}}}",
        hashlib.sha256(told.encode()).digest(),
    )


def as_json(value: Value) -> str:
    """As `json.dumps(…, ensure_ascii=False)` writes what `values.to_json` gives."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return encode_basestring(value)
    return day_as_json(value) if isinstance(value, date) else list_as_json(value or ())


@lru_cache(maxsize=50_000)
def day_as_json(day: date) -> str:
    return f'"{day.isoformat()}"'


@lru_cache(maxsize=10_000)
def list_as_json(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def key_of_report(register: Register, values: Mapping[str, Value | Sealed | Cleared], sealer: Sealer) -> Key | None:
    declared = key_of(register)
    value = values.get(declared.id) if declared else None
    if declared is None or value is None:
        return None
    kind = key_kind(register, declared)
    if isinstance(value, Sealed):
        return kind, value.digest
    return (kind, sealer.digest_of(kind, key_text(register, kind, value))) if isinstance(value, str) else None


def key_of_happening(register: Register, report: Report, plain: Sequence[str], sealer: Sealer) -> Key | None:
    """The same words are the same happening, whoever brings them; what is changed of one keeps its subject."""
    if report.subject_id is not None:
        return None
    return KEY_NUMBER, sealer.digest_of(KEY_NUMBER, f"{register.id}:{{{', '.join(plain)}}}")


def region_of(register: Register, values: Mapping[str, Value | Sealed | Cleared]) -> int | None:
    value = values.get(register.region_field)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
